"""What applicants get on paper: slip, letter, certificate, form and card."""
