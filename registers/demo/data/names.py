"""Names for invented people; any that belongs to a real person does so by chance."""

FIRST = (
    "Aaron Abigail Adele Ahmed Aidan Aisha Alan Alison Amara Amit Andrea Angus Anita Anna Anthony "
    "Arjun Barbara Ben Beth Brendan Bronwen Callum Cara Carl Carys Cathal Cerys Charlotte Chloe "
    "Clive Colin Craig Daniel Dawn Deepak Derek Diane Dominic Donna Duncan Eilidh Elaine Eleri Eli "
    "Emeka Emma Erin Esther Faisal Fatima Fiona Frances Gareth Gemma Gina Glenn Grace Graham Gwen "
    "Hannah Harpreet Hassan Hazel Heather Helen Hugh Ian Imran Irene Isla Ivan Jade Jamal Janet "
    "Jasmine Joanne Joel Josie Kamal Karen Keith Kelly Kerry Kieran Kofi Laura Leanne Leon Lewis "
    "Linda Lorna Lucy Malcolm Manjit Marcus Maria Martin Maureen Megan Miriam Moira Nadia Naomi "
    "Neil Niamh Nigel Nina Noel Olive Omar Owen Pamela Patrick Paula Pauline Pearl Peter Philippa "
    "Priya Rachel Rajesh Rebecca Rhian Rhys Rita Robin Rosa Rory Ruth Sabina Sally Samir Sandra "
    "Sarah Scott Shanice Sharon Simon Sinead Sophie Stella Stuart Sunita Tamsin Tariq Terence "
    "Theresa Tina Tobias Tracey Trevor Uma Usha Vera Victor Vivian Wayne Wendy Winston Yasmin Zara"
).split()

LAST = (
    "Abbotsworth Ackersley Alderwick Amblecote Annister Appleyarde Arkenstall Ashcombe Astonby "
    "Bagnold Barrowmore Beckinthorpe Bellingstead Birtwhistle Blackmere Bramhallow Brightwater "
    "Brockleton Burdenshaw Caldershaw Carrowby Castlemoor Chadlow Chattersby Clayworth Cleverdon "
    "Coldwell Copplestone Cranmoor Crossfield Culverhay Dalewood Danvers Darrowby Deepwell Denholme "
    "Dewsnap Dunnockshaw Earlswick Eastaugh Edgecote Ellerby Elmsworth Entwick Fairclove Farrowdale "
    "Fenwright Fieldgate Finchale Foxcroft Gallowby Garside Gatenby Glaisdale Goodbarn Grayrigg "
    "Greystock Hallowell Hambleford Harkworth Hathersedge Hawkesmoor Heatherwick Hebblewhite "
    "Hexworthy Hollinside Hornblower Huxtable Iddenshaw Ingleby Islebeck Jaggard Kellowby Kenworthy "
    "Kettlewell Kingsnorth Kirkbright Lackenby Langthorne Larkham Ledgard Linthwaite Lowmoor "
    "Lyddiatt Maddern Marchbank Marwick Meadowcroft Mellorby Micklethwaite Millichap Moorcroft "
    "Mossborough Nantwick Netherwood Newbould Nightingall Norcliffe Oakenshaw Oldroyd Ormathwaite "
    "Osmotherly Outhwaite Padgetson Parrimore Pellowe Penhaligan Pickersgill Plumtree Polkinghorn "
    "Prestidge Quarmby Quinney Rainsforth Ramsbotham Ravenscar Redfearn Ribbleby Ridealgh Rookhope "
    "Rushworthy Saltonstall Sandercock Scarsdale Sedgefield Shackleby Shawcross Silverdale "
    "Skelhorn Snowdon Sowerbutts Stainforth Stavely Stonehewer Swindlehurst Tattersby Thackray "
    "Thistlewood Thornycroft Threlfall Tidswell Towneley Trevanion Twizell Uttley Varley "
    "Wadsworthy Waldegrave Warbrick Watmough Weatherill Whinfield Whitwell Wigglesby Winterburn "
    "Woodhead Wrigglesworth Wyvill Yarrowby Yeadon Yelland"
).split()

PRIVATE = (
    "Mrs J Hollinworth, a resident",
    "Mr Peter Ashdownly",
    "Miss Farida Noorani, a victim of crime",
    "The Pickering-Stowe family",
    "Mr and Mrs Oddleston",
    "Mr Tomasz Wierzbowy",
    "Mrs Edith Larchmont",
    "Dr Helen Marrowby",
    "Mr K Adeyimi, a shopkeeper",
    "Mrs Brigid O’Hanlow",
    "Mr Sidney Partlock",
    "Ms Roisin Delacourty",
    "Mr Harbhajan Virkley",
    "Mrs Olwen Prytherchy",
    "Mr Gordon Tullick",
    "Miss Ivy Sandleford",
)
