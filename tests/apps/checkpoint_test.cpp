// Runs that are written to disk and taken up again, by another process.
#include <doctest/doctest.h>

#include <string>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::repeatable;
using tool_test::SmallRun;
using tool_test::Words;

/// A swarm with a topology that is drawn anew, schedules and histories: much state.
constexpr const char* document = R"({"format": "skein/1", "run": "checkpointed",
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 30},
    "slots": {"topology_initializer": "spso_random", "topology_updater": "adaptive_random",
      "inertia_updater": "linear_schedule", "bounds_handling": "reenter_randomly",
      "analyzer": {"quality": "best_average_worst_quality", "age": "personal_best_age"}}},
  "problem": {"name": "rastrigin", "dimension": 20, "transform": [{"shift": 3}, {"noise": {"sigma": 0.01}}]},
  "stop": {"iterations": 20000}})";

struct Checkpointed : Folder {
  Checkpointed() { write("run.json", document); }
};

}  // namespace

TEST_CASE("checkpoint: a run that is killed goes on in another process and ends with the same bits") {
  const Checkpointed folder;
  const Outcome whole = folder.skein({"run", "run.json", "--quiet", "--json", "--threads", "1"});
  REQUIRE(whole.code == 0);
  int resumed = 0;
  for (const char* moment : {"0.05", "0.1", "0.15", "0.25", "0.4", "0.8"}) {
    CAPTURE(moment);
    const Outcome killed = folder.shell(
        std::string(
            "rm -f state*; \"$SKEIN\" run run.json --quiet --threads 1 --checkpoint state --every 100 & sleep ") +
        moment + "; kill -9 $!; wait $!");
    if (killed.code == 0 || !folder.has("state")) continue;  // too late, too early
    const Outcome rest = folder.skein({"run", "--resume", "state", "--quiet", "--json", "--threads", "2"});
    CHECK_MESSAGE(rest.code == 0, rest.err);
    const bool same = repeatable(rest) == repeatable(whole);
    CHECK(same);
    ++resumed;
  }
  CHECK(resumed > 0);
}

TEST_CASE(
    "checkpoint: an interrupted run goes on, writes further checkpoints, and a finished one says its result again") {
  const Checkpointed folder;
  const Words first = {"run", "run.json", "--checkpoint",           "state", "--every", "1s", "--json", "--threads",
                       "1",   "--set",    "stop.iterations=3000000"};
  const Outcome interrupted = folder.skein_interrupted(first, SIGINT);
  CHECK(interrupted.code == 130);
  const json so_far = interrupted.json();
  CHECK(so_far.at("stop_reason") == "interrupted");
  REQUIRE(folder.has("state"));
  const Outcome again = folder.skein_interrupted({"run", "--resume", "state", "--json", "--threads", "2"}, SIGTERM);
  CHECK(again.code == 130);
  CHECK(again.json().at("iterations") > so_far.at("iterations"));
  CHECK(again.json().at("best_quality") <= so_far.at("best_quality"));
  CHECK(again.json().at("wall_seconds") > so_far.at("wall_seconds"));
  CHECK(folder.has("state.previous"));
  CHECK_FALSE(folder.has("state.writing"));
}

TEST_CASE("checkpoint: a finished run stays on disk, and resuming it says its result again") {
  const SmallRun folder;
  const Outcome whole = folder.skein({"run", "run.json", "--quiet", "--json", "--checkpoint", "state", "--every", "7"});
  REQUIRE(whole.code == 0);
  CHECK(folder.has("state"));
  CHECK(folder.has("state.previous"));
  const Outcome again = folder.skein({"run", "--resume", "state", "--quiet", "--json"});
  CHECK(again.code == 0);
  CHECK(repeatable(again) == repeatable(whole));
  CHECK(folder.skein({"run", "--resume", "state.previous", "--quiet", "--json", "--checkpoint", "other"})
            .json()
            .at("best_solution") == whole.json().at("best_solution"));
  CHECK(folder.has("other"));
}

TEST_CASE("checkpoint: a new run keeps what it finds where its state goes, a run that goes on has nothing to keep") {
  const Checkpointed folder;
  const Words begin = {"run",
                       "run.json",
                       "--quiet",
                       "--checkpoint",
                       "state",
                       "--every",
                       "3",
                       "--set",
                       "algorithm.parameters.swarm_size=5"};
  const auto run_with = [&](std::vector<std::string> words, const char* seed) {
    words.insert(words.end(), {"--set", "stop.iterations=10", "--seed", seed});
    return folder.skein(words);
  };
  CHECK(run_with(begin, "1").err.empty());
  const std::string first = folder.read("state");
  CHECK(run_with(begin, "2").err == "\"state\" was there before this run; it is kept as \"state.earlier\"\n");
  CHECK(folder.read("state.earlier") == first);
  CHECK(folder.read("state") != first);
  CHECK(folder.skein({"run", "--resume", "state", "--quiet"}).err.empty());
  CHECK(folder.skein({"run", "--resume", "state.previous", "--checkpoint", "state", "--quiet"}).err.empty());
  CHECK(folder.read("state.earlier") == first);
  folder.write("notes.txt", "not to be lost");
  Words over_notes = begin;
  over_notes[4] = "notes.txt";
  CHECK(run_with(over_notes, "3").says("kept as \"notes.txt.earlier\""));
  CHECK(folder.read("notes.txt.earlier") == "not to be lost");
}

TEST_CASE("checkpoint: files that cannot be continued are refused, each with its reason") {
  const SmallRun folder;
  REQUIRE(folder.skein({"run", "run.json", "--quiet", "--checkpoint", "state", "--every", "5"}).code == 0);
  const std::string sound = folder.read("state");
  std::filesystem::remove(folder.path("state.previous"));  // which would stand in for a damaged one
  const auto said = [&](const std::string& content) {
    folder.write("state", content);
    const Outcome outcome = folder.skein({"run", "--resume", "state", "--quiet"});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  const auto says = [&](const std::string& content, const char* code) {
    const std::string text = said(content);
    CHECK_MESSAGE(text.find("[" + std::string(code) + "]") != std::string::npos, text);
  };
  says("", "checkpoint-foreign");
  says("{}\n", "checkpoint-foreign");
  says("skein checkpoint 3\n{}\n", "checkpoint-newer");
  says("skein checkpoint 1\n{}\n", "checkpoint-older");
  says(sound.substr(0, 200), "checkpoint-truncated");
  says(sound.substr(0, sound.size() - 9), "checkpoint-truncated");
  std::string damaged = sound;
  damaged[damaged.find("sphere")] = 'S';
  says(damaged, "checkpoint-corrupted");
  damaged = sound;
  damaged[damaged.size() - 100] = static_cast<char>(damaged[damaged.size() - 100] ^ 1);
  says(damaged, "checkpoint-corrupted");
  says(sound + "x", "checkpoint-corrupted");
  folder.write("state", sound);
  CHECK(folder.skein({"run", "--resume", "state", "--quiet"}).code == 0);
  const Outcome missing = folder.skein({"run", "--resume", "nowhere", "--quiet"});
  CHECK(missing.code == 2);
  CHECK(missing.says("there is no file \"nowhere\""));
}

TEST_CASE("checkpoint: a full disk is said, and the run goes on") {
  const SmallRun folder;
  const Outcome outcome = folder.shell(
      "ulimit -f 1; \"$SKEIN\" run run.json --quiet --checkpoint state --every 5 --set "
      "algorithm.parameters.swarm_size=200");
  CHECK(outcome.code == 1);
  CHECK_MESSAGE(outcome.says("the checkpoint \"state\" cannot be written"), outcome.err);
  CHECK(outcome.says("File too large"));
  CHECK(outcome.out.find("ended by      the limit of 20 iterations") != std::string::npos);
  CHECK_FALSE(folder.has("state"));
  CHECK_FALSE(folder.has("state.writing"));
}

TEST_CASE("checkpoint: a run that is interrupted leaves its state without being asked to, and says where") {
  const Checkpointed folder;
  const Outcome interrupted = folder.skein_interrupted(
      {"run", "run.json", "--json", "--threads", "1", "--set", "stop.iterations=3000000"}, SIGINT);
  CHECK(interrupted.code == 130);
  CHECK(
      interrupted.says("the state of the run is in \"run.checkpoint\"; to go on: skein run --resume run.checkpoint\n"));
  CHECK(folder.names() == Words{"run.checkpoint", "run.json"});
  const Outcome again = folder.skein_interrupted({"run", "--resume", "run.checkpoint", "--json"}, SIGINT);
  CHECK(again.json().at("iterations") > interrupted.json().at("iterations"));
  const Outcome finished = folder.skein({"run", "run.json", "--quiet", "--set", "stop.iterations=3"});
  CHECK(finished.err.empty());
  CHECK(folder.names() == Words{"run.checkpoint", "run.checkpoint.previous", "run.json"});
}

TEST_CASE("checkpoint: a run whose evaluation fails leaves its state and its best, and goes on from there") {
  const Folder folder;
  folder.write("worker.sh", R"(#!/bin/sh
while IFS= read -r request; do
  id=${request#*\"id\": }
  id=${id%%,*}
  if [ -e broken ] && [ "$id" -ge 45 ]; then
    echo "{\"id\": $id, \"error\": \"no licence is left\"}"
    continue
  fi
  position=${request#*\[}
  printf '%s\n' "${position%\]*}" | tr ',' '\n' |
    awk -v id="$id" '{ sum += $1 * $1 } END { printf "{\"id\": %s, \"objectives\": [%.17g]}\n", id, sum }'
done
)");
  folder.write("run.json", R"({"format": "skein/1", "algorithm": {"name": "particle_swarm",
      "parameters": {"swarm_size": 5}}, "problem": {"name": "external_program", "dimension": 2,
      "parameters": {"command": ["sh", "worker.sh"], "retries": 0, "lower": -5, "upper": 5}},
      "stop": {"iterations": 12}})");
  const Outcome whole = folder.skein({"run", "run.json", "--quiet", "--json"});
  REQUIRE_MESSAGE(whole.code == 0, whole.err);
  folder.write("broken", "");
  const Outcome failed = folder.skein({"run", "run.json", "--quiet", "--output", "result.json"});
  CHECK(failed.code == 1);
  CHECK(failed.err ==
        "error: The worker '/usr/bin/sh' says: no licence is left. [run-failed]\n  path: main loop/evaluate\n"
        "  found: row 4, the first of 1 failed row\n1 error\n"
        "the state of the run is in \"result.json.checkpoint\"; to go on: skein run --resume result.json.checkpoint\n");
  const json so_far = json::parse(folder.read("result.json"));
  CHECK(so_far.at("stop_reason") == "error");
  CHECK(so_far.at("best_quality") >= whole.json().at("best_quality"));
  std::filesystem::remove(folder.path("broken"));
  const Outcome rest = folder.skein({"run", "--resume", "result.json.checkpoint", "--quiet", "--json"});
  REQUIRE_MESSAGE(rest.code == 0, rest.err);
  CHECK(repeatable(rest) == repeatable(whole));
  CHECK(folder.read("result.json") == rest.out);
}

TEST_CASE("checkpoint: a run that is short of memory leaves its state, and goes on where there is more") {
  const Folder folder;
  // Counted bytes, of which a history takes more than there is, and nothing that may be given up but its half.
  folder.write("run.json", R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm",
      "parameters": {"swarm_size": 5}, "slots": {"memory_source": "read_counted_memory",
      "analyzer": {"solution": "best_solution"}}}, "problem": {"name": "sphere", "dimension": 1000},
      "memory": {"limit_mb": 0.45, "memory_pressure_adaptation": false, "cleanup_frequency": 1,
      "memory_check_frequency": 1}, "stop": {"iterations": 50}})");
  const Outcome paused = folder.skein({"run", "run.json", "--quiet"});
  CHECK(paused.code == 3);
  CHECK(paused.out.find("ended by      want of memory\n") != std::string::npos);
  CHECK(paused.err == "the state of the run is in \"run.checkpoint\"; to go on: skein run --resume run.checkpoint\n");
  CHECK(folder.names() == Words{"run.checkpoint", "run.json"});
  CHECK(folder.shell("echo continue | \"$SKEIN\" debug run.json").out.starts_with("short of memory before "));
  CHECK(folder.skein({"run", "--resume", "run.checkpoint", "--quiet", "--json"}).json().at("evaluations") >= 10);
}

TEST_CASE("checkpoint: a state that cannot be kept without being asked for is said, and nothing else changes") {
  const SmallRun folder;
  REQUIRE(folder.shell("mkdir run.checkpoint.writing run.checkpoint").code == 0);
  const Outcome outcome =
      folder.skein_interrupted({"run", "run.json", "--set", "stop.iterations=1000000000000"}, SIGINT);
  CHECK(outcome.code == 130);
  CHECK_MESSAGE(outcome.says("\"run.checkpoint\" cannot be written"), outcome.err);
  CHECK_FALSE(outcome.says("the state of the run is in"));
}
