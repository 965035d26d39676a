#!/usr/bin/python3
"""Writes made-up workbooks of the old kind into a folder, for tests: xls_samples.py FOLDER"""
import datetime
import struct
import sys

import xlwt

folder = sys.argv[1]


def style(number="General", colour=None, struck=False, pattern="solid"):
    s = xlwt.XFStyle()
    s.num_format_str = number
    s.font.struck_out = struck
    if colour:
        s.pattern.pattern = xlwt.Pattern.SOLID_PATTERN
        s.pattern.pattern_fore_colour = xlwt.Style.colour_map[colour]
    return s


def head(sheet, row=0):
    for column, label in enumerate(["姓名", "电话", "备注", "特长"]):
        sheet.write(row, column, label)


def roll():
    """A roll with its dirt: a title, two header rows, a branch merged over its members, numbers of every kind."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("一支部")
    sheet.write_merge(0, 0, 0, 4, "云川市某局党员花名册")
    sheet.write_merge(1, 2, 0, 0, "姓  名")
    sheet.write_merge(1, 1, 1, 2, "联系方式")
    sheet.write(2, 1, "手机")
    sheet.write(2, 2, "办公")
    sheet.write_merge(1, 2, 3, 3, "所在\n党支部")
    sheet.write_merge(1, 2, 4, 4, "备注")
    sheet.write(3, 0, "林知远")
    sheet.write(3, 1, 13900000012)
    sheet.write_merge(3, 4, 3, 3, "第一支部")
    sheet.write(4, 0, "沈　慧（支部书记）")
    sheet.write(4, 1, "138 0000-0034")
    sheet.write_merge(5, 5, 0, 1, "合  计")
    sheet.write(5, 2, 2)
    book.save(folder + "/roll.xls")


def numbers(name, day_zero_1904):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = day_zero_1904
    sheet = book.add_sheet("s")
    day = datetime.datetime(2026, 2, 9)
    values = [
        (13900000012, "General"), (1.39e10, "0.00E+00"), (1975.1, "General"), (0.5, "0%"), (True, "General"),
        (day, "yyyy-mm-dd"), (day, 'yyyy"年"m"月"d"日"'), (day.replace(hour=8, minute=30), "yyyy-mm-dd hh:mm"),
        (datetime.time(8, 0), "h:mm"), (datetime.time(20, 30), "h:mm:ss"), (-3, "General"), (0.1, "General"),
        (123456789012345678, "General"), (990101001001, "General"), (8, "0.00"), (46062, "m/d/yy"), (1e-7, "General"),
    ]
    for row, (value, number) in enumerate(values):
        sheet.write(row, 0, value, style(number))
    book.save(folder + "/" + name)


def marks():
    book = xlwt.Workbook(encoding="utf-8")
    sheet, old = book.add_sheet("名单"), book.add_sheet("旧名单")
    old.visibility = 1
    for one in (sheet, old):
        head(one)
        for row in range(1, 13):
            one.write(row, 0, "周小禾")
            one.write(row, 1, 13900000000 + row)
    for row in (4, 5, 6, 9):
        sheet.row(row).hidden = True
    sheet.col(1).hidden = True
    sheet.col(2).hidden = True
    sheet.write(2, 3, "医护", style(colour="yellow"))
    sheet.write(3, 3, "医护", style(colour="white"))
    sheet.write(7, 3, "驾驶", style(struck=True))
    sheet.write(8, 2, "", style(colour="yellow"))
    red = xlwt.XFStyle()
    red.font.colour_index = xlwt.Style.colour_map["red"]
    sheet.write(10, 3, "驾驶", red)
    book.save(folder + "/marks.xls")


def picture():
    """A screenshot in place of a table: one blue dot."""
    book = xlwt.Workbook(encoding="utf-8")
    dot = folder + "/dot.bmp"
    with open(dot, "wb") as file:
        file.write(b"BM" + struct.pack("<IHHI", 58, 0, 0, 54) + struct.pack("<IIIHHIIIIII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0))
        file.write(b"\xff\0\0\0")
    book.add_sheet("截图").insert_bitmap(dot, 1, 1)
    book.save(folder + "/picture.xls")


def large():
    """Shared texts over many records, one and two bytes wide, so that they break at every place."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("s")
    for row in range(4000):
        sheet.write(row, 0, "x%d" % row + "y" * (row % 97))
        sheet.write(row, 1, "桃溪花园%d号楼" % row + "东" * (row % 89))
        sheet.write(row, 2, "é" * (row % 61) + "林" * (row % 2))
    book.save(folder + "/large.xls")


roll()
numbers("days1900.xls", False)
numbers("days1904.xls", True)
marks()
picture()
large()
