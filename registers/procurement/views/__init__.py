"""The holder's cards, and declarations about bidders."""
