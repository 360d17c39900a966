"""What is said about the text: annotations, their kinds, the edition's description."""
