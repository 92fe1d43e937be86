"""The guide of the procedures, written from the records that carry them out."""
