"""z-scores for whole files: CSV or Parquet in, CSV or Parquet out, a batch at a time."""
