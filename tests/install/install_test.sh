#!/usr/bin/env bash
# Builds against an installation as its users do: the examples, a new plugin, and every command of the tutorials.
#   install_test.sh BUILD_FOLDER SOURCE_FOLDER WORK_FOLDER
# Needs CXX and CMAKE_GENERATOR in the environment, and writes to WORK_FOLDER only.
set -euo pipefail

build="$1" source="$2" work="$3"
# The headers give no warnings but -Wrestrict, which g++ 12 is wrong about.
export CXX CMAKE_GENERATOR
export CXXFLAGS='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Werror -Wno-unknown-warning-option -Wno-restrict'
unset SKEIN_PLUGIN_PATH LD_LIBRARY_PATH CMAKE_PREFIX_PATH

say() { printf '== %s (%d s)\n' "$*" "$SECONDS"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# expect FILE LINE...: the lines stand in the file.
expect() {
  local file="$1" line
  shift
  for line in "$@"; do
    grep -qxF -- "$line" "$file" || { cat "$file" >&2; fail "this line is missing: $line"; }
  done
}

# The same bits, wherever they were computed: what a run found, without what depends on time and machine.
findings() {
  local found
  found="$(grep -E '"(best_quality|evaluations|iterations)":' "$1")" && (($(wc -l <<<"$found") == 3)) ||
    fail "$1 does not say what the run found"
  printf '%s\n' "$found"
}

say "installing"
rm -rf "$work"
mkdir -p "$work"
cmake --install "$build" --prefix "$work/staging" >"$work/install.txt"
mkdir "$work/moved place"
mv "$work/staging" "$work/moved place/skein"
prefix="$work/moved place/skein"
libraries="$(dirname "$(find "$prefix" -name 'libskein.so')")"

say "looking through it"
for file in bin/skein share/skein/skein.schema.json share/doc/skein/LICENSE share/doc/skein/README.md \
  share/skein/graphs/particle_swarm/particle_swarm.json include/skein/session.hpp \
  include/skein/encodings/real_vector_problem.hpp; do
  [[ -s "$prefix/$file" ]] || fail "$file is missing"
done
for plugin in operators particle_swarm real_vector binary_vector integer_vector permutation test_functions combinatorial multi_objective; do
  [[ -s "$libraries/skein/plugins/$plugin.so" ]] || fail "the plugin $plugin is missing"
done
"$source/dev" docs "$prefix/share/doc/skein" || fail "a link of the installed pages leads nowhere"
! grep -rniE 'boost|tbb|nlohmann|fmt/|hwy' "$prefix/include" || fail "a header mentions a private library"
! grep -rn --include=*.cmake -F "$build" "$prefix" || fail "the package names the build folder"
! grep -rn --include=*.cmake -F "$source" "$prefix" || fail "the package names the source folder"

export PATH="$prefix/bin:$PATH"
cd "$work"
skein list plugins >plugins.txt
[[ "$(wc -l <plugins.txt)" == 18 ]] || { cat plugins.txt >&2; fail "not the eighteen shipped plugins"; }
skein run "$source/apps/examples/rastrigin.json" --json --quiet --set stop.iterations=50 >installed.json
"$build/bin/skein" run "$source/apps/examples/rastrigin.json" --json --quiet --set stop.iterations=50 >built.json
findings installed.json >installed_findings.txt
findings built.json >built_findings.txt
cmp installed_findings.txt built_findings.txt || fail "the installed tool finds other numbers"
skein schema >schema.json
cmp schema.json "$prefix/share/skein/skein.schema.json" || fail "the schema is not that of the tool"

# Takes the blocks of a page apart, into a folder: those of commands, those of text directly below, which are lines that the
# commands print, and those of C++ that begin with "// NAME.cpp: ", which are files.
extract_page() {
  local page="$1" folder="$2"
  mkdir -p "$folder"
  awk -v folder="$folder" '
    /^```/ {
      if (in_block) { in_block = 0; close(file); if (language == "sh") directly = 1; next }
      language = substr($0, 4)
      in_block = 1
      if (language == "sh") file = sprintf("%s/block_%02d.sh", folder, ++count)
      else if (language == "text" && directly) file = sprintf("%s/block_%02d.expected", folder, count)
      else file = "/dev/null"
      named = 0
      directly = 0
      next
    }
    in_block {
      if (language == "cpp" && !named && match($0, /^\/\/ [a-z_]+\.cpp: /)) {
        split($0, words, /[ :]+/)
        file = folder "/" words[2]
      }
      named = 1
      print > file
      next
    }
    NF { directly = 0 }' "$page"
}

# The commands of a page, block by block, in a folder of their own.
run_page() {
  local page="$1" folder="$2" number=0 block
  extract_page "$page" "$folder"
  ln -sfn "$source/apps" "$folder/apps"
  for block in "$folder"/block_*.sh; do
    number=$((number + 1))
    sed -i "s|FOLDER|'$prefix'|g" "$block"
    (cd "$folder" && bash -e "$block") >"${block%.sh}.output" 2>&1 || {
      cat "$block" "${block%.sh}.output" >&2
      fail "a command of $page failed"
    }
    if [[ -f "${block%.sh}.expected" ]]; then
      mapfile -t lines <"${block%.sh}.expected"
      expect "${block%.sh}.output" "${lines[@]}"
    fi
  done
  say "$(basename "$page"): $number blocks of commands"
}

run_page "$source/docs/tutorial_plugins.md" "$work/plugins"
run_page "$source/docs/tutorial_host.md" "$work/host"
run_page "$source/docs/memory_efficient_pso.md" "$work/tuner"
for folder in plugins/my_plugin/build host/host_build tuner/tuner_build; do
  rules=(-r --include=build.ninja --include=link.txt --include=flags.make)
  ! grep -qiE "${rules[@]}" '[/_-](boost|tbb|fmt|hwy)|nlohmann' "$folder" || fail "$folder uses a private library"
  grep -q "${rules[@]}" -e '-ffp-contract=off' "$folder" || fail "the flags of numbers do not reach $folder"
done
[[ -z "$(find "$work/plugins/my_plugin" -maxdepth 1 -name '.*' ! -name '.')" ]] || fail "a temporary file is left behind"

say "the plugin of the README"
extract_page "$source/README.md" "$work/readme"
# Its operator is another file, so that it is not linked.
"$CXX" -std=c++20 $CXXFLAGS -I "$prefix/include" -c "$work/readme/my_plugin.cpp" -o "$work/readme/my_plugin.o"

say "the program of the README"
"$CXX" -std=c++20 $CXXFLAGS -I "$prefix/include" "$work/readme/hello_skein.cpp" -o "$work/readme/hello_skein" \
  -L "$libraries" -lskein -Wl,-rpath,"$libraries"
"$work/readme/hello_skein" >"$work/readme/hello.txt"
grep -qE '^best value: [0-9.e-]+$' "$work/readme/hello.txt" || { cat "$work/readme/hello.txt" >&2; fail "no best value"; }

say "the example plugin"
decay="$work/plugins/decay_build/decay.so"
skein validate --plugin "$decay" "$source/apps/examples/plugin/decay.json"
skein evaluate decay_fit --plugin "$decay" --at 0,0 >decay_value.txt
expect decay_value.txt "14.277500000000002"
skein graph opposed_swarm --plugin "$decay" >opposed_swarm.dot

say "done"
