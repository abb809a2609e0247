"""Reading the files of procurement: contracts, spend and purchasing cards, to facts.

Pure: no models, no database, no request. `contracts.read_contracts`, `spend.read_spend` and
`cards.read_cards` take a file's bytes and its name, and raise UnreadableFile or MappingError with
a sentence where nothing can be read of it at all.
"""
