# What a plain script counts in go_track_trackspoints.csv. Knows nothing of the importer.
#   awk -f gotrack-gps.awk go_track_trackspoints.csv
BEGIN { FS = "," }
FNR == 1 { next }
{
  rows++
  if ($2 !~ /^-?[0-9]+(\.[0-9]+)?$/ || $3 !~ /^-?[0-9]+(\.[0-9]+)?$/) { bad++; next }
  if (!($4 in newest)) tracks++
  if (fix[$4, $5, $2, $3]++) { duplicates++; next }
  split($5, part, /[ :]/)
  time = sprintf("%s %02d:%02d", part[1], part[2], part[3])
  if (time < newest[$4]) backward++
  else newest[$4] = time
}
END {
  printf "rows=%d\ndevices=%d\nduplicates=%d\nbackward=%d\nbad=%d\n", rows, tracks, duplicates, backward, bad
}
