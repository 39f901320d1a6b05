#include <doctest/doctest.h>

#include <string>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Outcome;
using tool_test::SmallRun;
using tool_test::Words;

/// Whether the input was refused with this code, and nothing was left behind.
void check_refused(const SmallRun& folder, const Outcome& outcome, const std::string& code) {
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK_MESSAGE(outcome.says("[" + code + "]"), outcome.err);
  CHECK(folder.names() == Words{"run.json"});
}

TEST_CASE("numbers that make no sense are refused before the run") {
  const SmallRun folder;
  const auto check = [&folder](const std::string& assignment, const std::string& code) {
    CAPTURE(assignment);
    check_refused(folder, folder.run({assignment, "output.file=result.json"}), code);
  };
  check("problem.dimension=0", "out-of-range");
  check("problem.dimension=-1", "out-of-range");
  check("problem.dimension=1000001", "out-of-range");
  check("problem.dimension=2.5", "wrong-type");
  check("problem.dimension=three", "wrong-type");
  check("algorithm.parameters.swarm_size=0", "out-of-range");
  check("algorithm.parameters.swarm_size=-3", "out-of-range");
  check("algorithm.parameters.swarm_size=2.5", "wrong-type");
  check("algorithm.parameters.swarm_size=1000000000000", "out-of-range");
  check("problem.parameters.lower=6", "bad-bounds");
  check("problem.parameters.lower=[1,2]", "bad-bounds");
  check("problem.parameters.lower=inf", "wrong-type");
  check("problem.parameters.lower=nan", "wrong-type");
  check("problem.parameters={\"lower\": -1e308, \"upper\": 1e308}", "bad-bounds");
  check("stop.iterations=-1", "out-of-range");
  check("stop.seconds=-1", "out-of-range");
  check("seed=-1", "out-of-range");
  check("seed=1.5", "wrong-type");
}

TEST_CASE("equal bounds are legal") {
  const SmallRun folder;
  const Outcome outcome = folder.run({"problem.parameters={\"lower\": 2, \"upper\": 2}"}, {"--json"});
  CHECK(outcome.code == 0);
  CHECK(outcome.json().at("best_quality") == 12.0);
  CHECK(outcome.json().at("best_known").is_null());
}

TEST_CASE("a million dimensions work or are refused in words") {
  const SmallRun folder;
  const Outcome outcome =
      folder.run({"problem.dimension=1000000", "algorithm.parameters.swarm_size=2", "stop.iterations=1"}, {"--json"});
  if (outcome.code == 0) {
    CHECK(outcome.json().at("best_solution").size() == 1000000);
  } else {
    CHECK(outcome.code == 2);
    CHECK(outcome.says("[too-large]"));
  }
}

TEST_CASE("every unknown name is answered with the nearest one") {
  const SmallRun folder;
  const auto check = [&folder](const std::string& assignment, const std::string& code, const std::string& nearest) {
    CAPTURE(assignment);
    const Outcome outcome = folder.run({assignment});
    check_refused(folder, outcome, code);
    CHECK_MESSAGE(outcome.says("suggestion: " + nearest), outcome.err);
  };
  check("problem.name=spere", "unknown-problem", "sphere");
  check("algorithm.name=particle_swam", "unknown-algorithm", "particle_swarm");
  check("algorithm.parameters.swarm_sise=3", "unknown-parameter", "swarm_size");
  check("algorithm.slots.topology_initialiser=ring", "unknown-slot", "topology_initializer");
  check("algorithm.slots.topology_initializer=rimg", "unknown-operator", "ring");
  check("problem.parameters.loewr=3", "unknown-parameter", "lower");
  check("stop.iteration=3", "unknown-key", "iterations");
  check("sed=3", "unknown-key", "seed");
  check("on_error=retri", "unknown-choice", "retry");
}

TEST_CASE("files that are no documents are refused") {
  const SmallRun folder;
  folder.write("empty.json", "");
  folder.write("binary.json", std::string("\x7f"
                                          "ELF\x00\x01\x9e",
                                          7));
  folder.write("deep.json", std::string(10000, '[') + std::string(10000, ']'));
  folder.write("large.json", std::string(std::size_t{100} << 20U, ' '));
  folder.write("twice.json", R"({"format": "skein/1", "seed": 1, "seed": 2})");
  const auto check = [&folder](const std::string& file, const std::string& code) {
    CAPTURE(file);
    for (const char* verb : {"run", "validate"}) {
      const Outcome outcome = folder.skein({verb, file});
      CHECK(outcome.code == 2);
      CHECK_MESSAGE(outcome.says("[" + code + "]"), outcome.err);
      CHECK(outcome.says(file));
    }
  };
  check("empty.json", "empty-document");
  check("binary.json", "malformed-json");
  check("deep.json", "nested-too-deep");
  check("large.json", "document-too-large");
  check("twice.json", "duplicate-key");
  check("missing.json", "file-not-found");
  check(".", "file-unreadable");
}

TEST_CASE("output that is impossible is found before the run") {
  const SmallRun folder;
  for (const char* file : {"missing/result.json", ".", ""}) {
    CAPTURE(file);
    check_refused(folder, folder.run({"stop.iterations=1000000000000"}, {"--output", file}), "output-unwritable");
  }
  check_refused(folder, folder.run({"output.file=missing/result.json"}), "output-unwritable");
  check_refused(folder, folder.run({}, {"--output", "run.json"}), "bad-argument");
  CHECK(folder.read("run.json") == tool_test::small_run());
}

TEST_CASE("no file takes the place of another one that the same run reads or writes") {
  const SmallRun folder;
  const auto refused = [&](const Words& words, const std::string& pair) {
    CAPTURE(pair);
    const Outcome outcome = folder.run({"output.file=result"}, words);
    CHECK(outcome.code == 2);
    CHECK_MESSAGE(outcome.says("error: " + pair + " would be one file [bad-argument]"), outcome.err);
    CHECK(folder.names() == Words{"run.json"});
  };
  refused({"--checkpoint", "a", "--journal", "./a"}, "--journal and --checkpoint");
  refused({"--checkpoint", "d", "--journal", "d.writing"}, "--journal and --checkpoint");
  refused({"--checkpoint", "b", "--journal", "b.previous"}, "--journal and --checkpoint");
  refused({"--output", "same", "--checkpoint", "./same"}, "the result and --checkpoint");
  refused({"--checkpoint", "result"}, "the result and --checkpoint");
  refused({"--profile-graph", "result"}, "the result and --profile-graph");
  refused({"--output", "run.json"}, "the run document and the result");
  CHECK(folder.read("run.json") == tool_test::small_run());
  check_refused(folder, folder.run({}, {"--journal", ""}), "bad-argument");
  check_refused(folder, folder.run({}, {"--resume", ""}), "bad-argument");

  REQUIRE(folder.run({"output.file=result"}, {"--checkpoint", "state"}).code == 0);
  const std::string found = folder.read("result");
  const Outcome over = folder.skein({"run", "--resume", "state", "--output", "state.previous"});
  CHECK(over.code == 2);
  CHECK(over.says("the result and --checkpoint would be one file"));
  CHECK(folder.skein({"run", "--resume", "state", "--checkpoint", "result"}).code == 2);
  CHECK(folder.read("result") == found);
  CHECK(folder.skein({"graph", "run.json", "--output", "run.json"}).says("GRAPH and --output would be one file"));
}

TEST_CASE("a run that goes on checks where its result goes before it begins") {
  const SmallRun folder;
  REQUIRE(folder
              .shell("mkdir gone && $SKEIN run run.json --quiet --set output.file=gone/r.json --checkpoint state && "
                     "rm -r gone")
              .code == 0);
  const Outcome outcome = folder.skein({"run", "--resume", "state"});
  CHECK(outcome.code == 2);
  CHECK(
      outcome.err.starts_with("gone/r.json: error: the file \"gone/r.json\" cannot be written [output-unwritable]\n"));
}

TEST_CASE("output that fails during the run ends it with code 1") {
  const SmallRun folder;
  CHECK(folder.shell("$SKEIN run run.json --json > /dev/full").code == 1);
  const Outcome full = folder.shell("$SKEIN run run.json --output /dev/full");
  CHECK(full.code == 1);
  // What could not be written is not lost.
  CHECK(full.says("to go on: skein run --resume run.checkpoint"));
  CHECK(folder.skein({"run", "--resume", "run.checkpoint", "--output", "result", "--quiet"}).code == 0);
  CHECK(folder.read("result").find("\"best_quality\"") != std::string::npos);
  CHECK(folder.shell("$SKEIN list --json > /dev/full").says("[output-failed]"));
  // A limit of the size of files is said like a full disk: the signal of it ends nothing.
  CHECK(folder.shell("ulimit -f 1; $SKEIN list --json > list").says("[output-failed]"));
  CHECK(folder.shell("$SKEIN run run.json >&-").code == 2);
}

TEST_CASE("a reader that goes away ends nothing badly") {
  const SmallRun folder;
  const Outcome outcome = folder.shell("{ sleep 0.3; $SKEIN list --json; echo $? >&2; } | true");
  CHECK(outcome.err == "1\n");
}

TEST_CASE("all that is wrong is reported at once, and counted") {
  const SmallRun folder;
  const Outcome outcome = folder.run({"problem.dimension=0"}, {"--threads", "-1", "--seed", "x", "--output", "."});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("4 errors\n"));
}

TEST_CASE("with --json wrong input is also an object on standard output") {
  const SmallRun folder;
  const Outcome outcome = folder.run({"problem.name=spere"}, {"--json"});
  CHECK(outcome.code == 2);
  CHECK(outcome.says("error: There is no problem named 'spere'"));
  const json answer = outcome.json();
  CHECK(answer.at("error") == "1 error");
  CHECK(answer.at("diagnostics").size() == 1);
  CHECK(answer.at("diagnostics")[0].at("suggestion") == "sphere");
}

TEST_CASE("bad arguments are refused") {
  const SmallRun folder;
  const auto check = [&folder](const Words& words, const std::string& text) {
    CAPTURE(text);
    const Outcome outcome = folder.skein(words);
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK_MESSAGE(outcome.says(text), outcome.err);
  };
  check({}, "a verb is missing");
  check({"rum"}, "suggestion: run");
  check({"run"}, "nothing says what to run");
  check({"run", "run.json", "other.json"}, "unexpected argument 'other.json'");
  check({"run", "run.json", "--sed", "3"}, "suggestion: --seed");
  check({"run", "run.json", "--seed"}, "--seed needs exactly one value");
  check({"run", "run.json", "--seed", "-1"}, "--seed must be an integer from 0 to 18446744073709551615");
  check({"run", "run.json", "--seed", "18446744073709551616"}, "--seed must be");
  check({"run", "run.json", "--seed", "one"}, "found: 'one'");
  check({"run", "run.json", "--threads", "1025"}, "--threads must be an integer from 0 to 1024");
  check({"run", "run.json", "--set", "seed"}, "[bad-assignment]");
  check({"list", "problem"}, "suggestion: problems");
}

TEST_CASE("transforms are looked at where the problem is wrong, too") {
  const SmallRun folder;
  for (const char* wrong : {"problem.dimension=-3", "problem.name=rastrgin"}) {
    CAPTURE(wrong);
    const Outcome outcome = folder.run({wrong, "problem.transform=[{\"shft\": 1}, {\"scale\": -1}]"});
    CHECK(outcome.code == 2);
    CHECK_MESSAGE(outcome.says("3 errors"), outcome.err);
    CHECK(outcome.says("[unknown-transform]"));
    CHECK(outcome.says("problem/transform/1/scale/factor"));
  }
}

}  // namespace
