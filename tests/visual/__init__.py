"""Every layout in small pictures, compared with those that somebody looked at and approved."""
