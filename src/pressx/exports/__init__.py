"""Exports: a record in the forms that other programs read: tables for spreadsheets, linked data for graphs."""
