"""What officers do about suspicions, campaigns and lists."""
