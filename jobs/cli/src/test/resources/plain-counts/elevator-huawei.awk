# What a plain script counts in predictive-maintenance-dataset.csv. Knows nothing of the importer.
#   awk -f elevator-huawei.awk predictive-maintenance-dataset.csv
BEGIN { FS = ";" }
{ sub("\r$", "") }
FNR == 1 || NF == 0 { next }
{
  rows++
  for (i = 1; i <= 3; i++) {
    if ($i == "") empty++
    else if ($i ~ /^-?[0-9]+(\.[0-9]+)?$/) readings++
    else { bad++; column[i]++ }
  }
}
END {
  printf "rows=%d\nreadings=%d\nempty=%d\nbad=%d\n", rows, readings, empty, bad
  for (i = 1; i <= 3; i++) printf "bad%d=%d\n", i, column[i]
}
