"""The preview: a page in the browser that shows a layout as it is being made."""
