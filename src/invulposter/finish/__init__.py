"""What comes after typesetting: imposition, page boxes, marks and forms."""
