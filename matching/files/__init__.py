"""Documents and pairs in files: CSV, JSON Lines and XLSX."""

from matching.files.readers import TableError
from matching.files.tables import check_output, read_documents, write_table
from matching.files.writers import Cell, csv_rows

__all__ = ["Cell", "TableError", "check_output", "csv_rows", "read_documents", "write_table"]
