"""MMPSY: families registered for the Mukhya Mantri Parivar Samridhi Yojana."""
