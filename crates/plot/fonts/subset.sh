#!/bin/sh
# Makes the two subsets in this folder from the Debian package fonts-inter (4.0~beta7+ds-1); see README.md.
# usage: subset.sh DIR, where DIR holds Inter-Regular.otf and Inter-SemiBold.otf
set -eu
out=$(dirname "$0")
for weight in Regular SemiBold; do
    pyftsubset "$1/Inter-$weight.otf" \
        --unicodes="U+0020-007E,U+00A0-017F,U+0192,U+0218-021B,U+02C6,U+02DA,U+02DC,U+0386,U+0388-038A,U+038C,U+038E-03A1,U+03A3-03CE,U+1E9E,U+2009,U+2010-2015,U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+2070,U+2074-208E,U+20AC,U+2116,U+2122,U+2126,U+2190-2193,U+2202,U+2206,U+220F,U+2211,U+2212,U+2215,U+2219-221A,U+221E,U+222B,U+2248,U+2260,U+2264,U+2265,U+25CA,U+FFFD" \
        --layout-features="" --no-hinting --name-IDs="0,1,2,3,4,5,6,13,14" \
        --notdef-outline --drop-tables+=GSUB,GPOS,GDEF,STAT,BASE,DSIG --output-file="$out/Inter-$weight.subset.otf"
done
