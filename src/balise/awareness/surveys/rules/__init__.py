"""What a survey is, who may be asked, what is stored of an answer: pure."""
