#!/usr/bin/python3
"""Makes workbooks for Excel 97 of the texts that lists writes for them: lists_xls.py FOLDER

NAME.xls.tsv becomes NAME.xls: a form feed begins a sheet and names it, tabs part the cells; whole numbers are numbers.
"""
import csv
import glob
import io
import os
import sys

import xlwt

for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.xls.tsv"))):
    book = xlwt.Workbook(encoding="utf-8")
    for part in open(path, encoding="utf-8", newline="").read().split("\f")[1:]:
        name, _, table = part.partition("\n")
        sheet = book.add_sheet(name)
        for r, row in enumerate(csv.reader(io.StringIO(table), delimiter="\t")):
            for c, cell in enumerate(row):
                if cell:
                    plain = cell.isascii() and cell.isdigit() and len(cell) < 16 and cell[0] != "0"
                    sheet.write(r, c, int(cell) if plain else cell)
    book.save(path[:-4])
    os.remove(path)
