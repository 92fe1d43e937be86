"""Pictures of the main screens, taken from the demo data."""
