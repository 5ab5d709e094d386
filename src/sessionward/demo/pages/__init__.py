"""What the clinic answers: its pages and the JSON that their script asks for."""
