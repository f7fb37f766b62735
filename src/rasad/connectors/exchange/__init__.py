"""What the portals of the relief desk share: signed pages and pushes over HTTP, and a twin that speaks them."""
