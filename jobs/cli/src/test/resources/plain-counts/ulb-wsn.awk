# What a plain script counts in files of the ULB sensor network set. Knows nothing of the importer.
#   awk -f ulb-wsn.awk library1/R1.txt library2/readings.txt
NF == 0 { next }
{
  rows++
  # A number above 999 is written with a blank: "1 000".
  if (NF == 10) { number = ($3 $4) + 0; first = 5 } else { number = $3 + 0; first = 4 }
  if (NF < 9 || NF > 10 || $3 !~ /^[0-9]+$/) { bad++; next }
  values = ""
  for (i = first; i <= NF; i++) {
    values = values " " $i
    cell = $i
    sub(",", ".", cell)
    if (cell !~ /^[-+]?[0-9]+(\.[0-9]+)?$/) bad++
  }
  folder = FILENAME
  sub("/[^/]*$", "", folder)
  mote = folder " " $2
  if (!(mote in top)) {
    motes++
    top[mote] = number
  } else if (number > top[mote]) {
    lost += number - top[mote] - 1
    top[mote] = number
  } else if (number == top[mote]) {
    duplicates++
  } else if (top[mote] - number <= 64 && seen[mote, run[mote] + 0, number] == values) {
    duplicates++
  } else if (top[mote] - number <= 64 && !((mote, run[mote] + 0, number) in seen && seen[mote, run[mote] + 0, number] != "")) {
    lost--
  } else {
    restarts++
    run[mote]++
    lost += number
    top[mote] = number
  }
  if (seen[mote, run[mote] + 0, number] == "") seen[mote, run[mote] + 0, number] = values
}
END {
  printf "rows=%d\ndevices=%d\nduplicates=%d\nlost=%d\nrestarts=%d\nbad=%d\n", rows, motes, duplicates, lost, restarts, bad
}
