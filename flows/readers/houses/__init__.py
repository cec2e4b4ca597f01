"""Exports of news databases: one module a house style, which cuts a file of many articles into these."""
