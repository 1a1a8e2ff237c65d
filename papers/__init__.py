"""Bulletins as documents: a bulletin in, the bytes of a PDF or a DOCX out."""
