// What the tool says of checkpoints that cannot be continued or written, word by word.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/apps/tool.hpp"

namespace {

using tool_test::Outcome;
using tool_test::SmallRun;

/// A folder with the checkpoint `state` of a finished run, and no other one.
struct WithCheckpoint : SmallRun {
  WithCheckpoint() {
    REQUIRE(skein({"run", "run.json", "--quiet", "--checkpoint", "state", "--every", "8"}).code == 0);
    whole = skein({"run", "run.json", "--quiet", "--json"});
    sound = read("state");
    previous = read("state.previous");
    std::filesystem::remove(path("state.previous"));
  }
  [[nodiscard]] std::string said() const {
    const Outcome outcome = skein({"run", "--resume", "state", "--quiet"});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  }
  [[nodiscard]] std::string said_of(const std::string& content) const {
    write("state", content);
    return said();
  }
  Outcome whole;
  std::string sound;
  std::string previous;
};

std::string flipped(std::string content, std::size_t place) {
  content[place] = static_cast<char>(content[place] ^ 0x10);
  return content;
}

}  // namespace

TEST_CASE("checkpoint messages: files that cannot be continued") {
  const WithCheckpoint folder;
  const std::string advice = "  suggestion: FILE.previous, the one before it\n1 error\n";
  CHECK(folder.said_of("") ==
        "state: error: This is no checkpoint of Skein. [checkpoint-foreign]\n  found: an empty file\n1 error\n");
  CHECK(folder.said_of("{\"a\": 1}\n") ==
        "state: error: This is no checkpoint of Skein. [checkpoint-foreign]\n1 error\n");
  CHECK(folder.said_of(std::string(100000, '\0')) ==
        "state: error: This is no checkpoint of Skein. [checkpoint-foreign]\n1 error\n");
  CHECK(folder.said_of("skein checkpoint 7\n{}\n") ==
        "state: error: The checkpoint is written in a form that this version cannot read. [checkpoint-newer]\n"
        "  found: skein checkpoint 7\n  suggestion: a newer version of Skein\n1 error\n");
  CHECK(folder.said_of("skein checkpoint 1\n{}\n") ==
        "state: error: The checkpoint is written in a form that is not read any more. [checkpoint-older]\n"
        "  found: skein checkpoint 1\n  suggestion: the version of Skein that wrote it, or a new run\n1 error\n");
  const std::string truncated = "state: error: The checkpoint ends too early. [checkpoint-truncated]\n" + advice;
  const std::string damaged = "state: error: The checkpoint is damaged";
  const std::size_t head = folder.sound.find('\n', folder.sound.find('\n') + 1) + 18;
  for (const std::size_t size : {std::size_t{20}, std::size_t{200}, head - 1, head, head + 63, head + 64,
                                 folder.sound.size() - 8, folder.sound.size() - 1}) {
    CAPTURE(size);
    CHECK(folder.said_of(folder.sound.substr(0, size)) == truncated);
  }
  CHECK(folder.said_of(flipped(folder.sound, folder.sound.find("sphere"))) ==
        damaged + ": its first lines were changed. [checkpoint-corrupted]\n" + advice);
  CHECK(folder.said_of(flipped(folder.sound, head - 2)) ==
        damaged + ": its first lines were changed. [checkpoint-corrupted]\n" + advice);
  CHECK(folder.said_of(flipped(folder.sound, head + 20)) ==
        damaged + ": its checksum does not match. [checkpoint-corrupted]\n" + advice);
  CHECK(folder.said_of(flipped(folder.sound, folder.sound.size() - 3)) ==
        damaged + ": its checksum does not match. [checkpoint-corrupted]\n" + advice);
  CHECK(folder.said_of(folder.sound + "x") ==
        damaged + ": something follows its end. [checkpoint-corrupted]\n" + advice);
}

TEST_CASE("checkpoint messages: no byte of a file can be changed without being noticed") {
  const WithCheckpoint folder;
  int refused = 0;
  // The tool is started for each: a part of the bytes; a test of plugins changes all of them.
  for (std::size_t place = 0; place < folder.sound.size(); place += folder.sound.size() / 15) {
    CAPTURE(place);
    const std::string text = folder.said_of(flipped(folder.sound, place));
    CHECK(text.find("[checkpoint-") != std::string::npos);
    ++refused;
  }
  CHECK(refused >= 15);
}

TEST_CASE("checkpoint messages: folders, and files that may not be read") {
  const WithCheckpoint folder;
  std::filesystem::remove(folder.path("state"));
  std::filesystem::create_directory(folder.path("state"));
  CHECK(folder.said() ==
        "state: error: the file \"state\" cannot be read [file-unreadable]\n  found: a folder\n1 error\n");
  if (::geteuid() == 0) return;  // who may read everything
  std::filesystem::remove(folder.path("state"));
  folder.write("state", folder.sound);
  std::filesystem::permissions(folder.path("state"), std::filesystem::perms::none);
  CHECK(folder.said() ==
        "state: error: the file \"state\" cannot be read [file-unreadable]\n  found: Permission denied\n1 error\n");
}

TEST_CASE("checkpoint messages: where a checkpoint is damaged, the run goes on from the one before it") {
  for (const char* how : {"cut", "changed", "emptied"}) {
    CAPTURE(how);
    const WithCheckpoint folder;
    folder.write("state.previous", folder.previous);
    std::string content = folder.sound;
    if (std::string(how) == "cut") content.resize(content.size() / 2);
    if (std::string(how) == "changed") content = flipped(content, content.size() - 99);
    if (std::string(how) == "emptied") content.clear();
    folder.write("state", content);
    const Outcome rest = folder.skein({"run", "--resume", "state", "--quiet", "--json"});
    CHECK(rest.code == 0);
    CHECK(rest.says("warning: "));
    CHECK(rest.says("suggestion: the run goes on from state.previous\n1 warning\n"));
    CHECK(rest.json().at("best_solution") == folder.whole.json().at("best_solution"));
    CHECK(folder.read("state.damaged") == content);
    CHECK(folder.read("state.previous") == folder.previous);
    CHECK(folder.skein({"run", "--resume", "state", "--quiet", "--json"}).json().at("best_solution") ==
          folder.whole.json().at("best_solution"));
  }
  const WithCheckpoint folder;
  folder.write("state.previous", folder.previous.substr(0, 300));
  CHECK(folder.said_of(folder.sound.substr(0, 300)).find("[checkpoint-truncated]") != std::string::npos);
  CHECK_FALSE(folder.has("state.damaged"));
}

TEST_CASE("checkpoint messages: a graph that has become another one") {
  const SmallRun folder;
  const auto graph = [](const std::string& points, const std::string& loop) {
    return R"({"format": "skein/1", "graph": "search",
      "ports": {"out": {"best": "solution", "best_fitness": "fitness", "iterations": {"type": "integer", "initial": 0}}},
      "variables": {"stop": "boolean"},
      "populations": {"swarm": {"rows": )" +
           points + R"(, "columns": {"position": "solution[n]", "fitness": "fitness[n]",
        "personal_best": "solution[n]", "personal_best_fitness": "fitness[n]"}}},
      "slots": {"particle_creator": {"role": "particle_creator"}, "evaluator": {"role": "evaluator"},
        "swarm_updater": {"role": "swarm_updater"}, "stop_criterion": {"role": "stop_criterion"}},
      "nodes": {"draw": {"slot": "particle_creator"}, "evaluate": {"slot": "evaluator"},
        "remember": {"slot": "swarm_updater"}, "stop?": {"slot": "stop_criterion"},
        "count": {"operator": "increment", "inout": {"value": "iterations"}},
        "count twice": {"operator": "increment", "inout": {"value": "iterations"}}},
      "flow": ["draw", "evaluate", "remember", "stop?",
        {"loop": ["draw", "evaluate", "remember", )" +
           loop + R"(, "stop?"], "while": "= not stop"}]})";
  };
  folder.write("graph.json", graph("20", "\"count\""));
  folder.write("run.json", R"({"format": "skein/1", "algorithm": {"file": "graph.json"},
    "problem": {"name": "sphere", "dimension": 3}, "stop": {"iterations": 9}})");
  const Outcome first = folder.skein({"run", "run.json", "--quiet", "--checkpoint", "state"});
  REQUIRE_MESSAGE(first.code == 0, first.err);
  const auto said_with = [&](const std::string& text) {
    folder.write("graph.json", text);
    const Outcome outcome = folder.skein({"run", "--resume", "state", "--quiet"});
    CHECK(outcome.code == 2);
    return outcome.err;
  };
  const std::string begin = "state: error: The checkpoint belongs to a run of another plan. [checkpoint-other-plan]\n";
  const std::string end = "\n  suggestion: the graphs that it was made with, or a new run\n";
  const std::string sizes = said_with(graph("21", "\"count\""));
  CHECK_MESSAGE(sizes.find(begin + "  found: population 'swarm': 20 rows in the checkpoint, 21 rows here" + end) !=
                    std::string::npos,
                sizes);
  const std::string nodes = said_with(graph("20", "\"count twice\""));
  CHECK_MESSAGE(nodes.find(begin + "  found: node 'count' in the checkpoint, where node 'count twice' is here" + end) !=
                    std::string::npos,
                nodes);
  folder.write("graph.json", graph("20", "\"count\""));
  CHECK(folder.skein({"run", "--resume", "state", "--quiet"}).code == 0);
}

TEST_CASE("checkpoint messages: a problem whose file has changed") {
  const SmallRun folder;
  folder.write("run.json", R"({"format": "skein/1", "algorithm": "genetic_algorithm",
    "problem": {"name": "travelling_salesman", "parameters": {"file": "cities.tsp"}}, "stop": {"iterations": 9}})");
  const auto cities = [&](int count) {
    std::string text = "NAME: few\nTYPE: TSP\nDIMENSION: " + std::to_string(count) +
                       "\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n";
    for (int i = 1; i <= count; ++i) {
      text += std::to_string(i) + " " + std::to_string(i * i % 7) + " " + std::to_string(i * 3 % 5) + "\n";
    }
    return text + "EOF\n";
  };
  folder.write("cities.tsp", cities(8));
  const Outcome first = folder.skein({"run", "run.json", "--quiet", "--checkpoint", "state"});
  REQUIRE_MESSAGE(first.code == 0, first.err);
  std::string moved = cities(8);
  moved.replace(moved.find("\n3 ") + 3, 1, "9");
  folder.write("cities.tsp", moved);
  const Outcome changed = folder.skein({"run", "--resume", "state", "--quiet"});
  CHECK(changed.code == 2);
  CHECK_MESSAGE(changed.says("found: problem.files.cities.tsp: \""), changed.err);
  folder.write("cities.tsp", cities(9));
  const Outcome other = folder.skein({"run", "--resume", "state", "--quiet"});
  CHECK(other.code == 2);
  CHECK_MESSAGE(
      other.says("state: error: The checkpoint belongs to a run on another problem. [checkpoint-other-problem]\n"
                 "  found: problem.dimension: 8 in the checkpoint, 9 here\n"
                 "  suggestion: the files that the problem is read from, as they were, or a new run\n"),
      other.err);
}

TEST_CASE("checkpoint messages: what is no file is left as it is") {
  const SmallRun folder;
  REQUIRE(folder.shell("mkfifo pipe").code == 0);
  const Outcome outcome = folder.skein({"run", "run.json", "--quiet", "--checkpoint", "pipe"});
  CHECK(outcome.code == 2);
  CHECK(outcome.err ==
        "error: the state of a run cannot be written to 'pipe' [bad-argument]\n  expected: a regular file\n"
        "  found: something else\n1 error\n");
  CHECK(std::filesystem::is_fifo(folder.path("pipe")));
}

TEST_CASE("checkpoint messages: an interval of iterations is refused where nothing counts them") {
  const SmallRun folder;
  folder.write("run.json", R"({"format": "skein/1", "algorithm": {"graph": {"format": "skein/1", "graph": "draw_once",
      "ports": {"out": {"best": "solution", "best_fitness": "fitness"}},
      "populations": {"swarm": {"rows": 20, "columns": {"position": "solution[n]", "fitness": "fitness[n]"}}},
      "slots": {"particle_creator": {"role": "particle_creator"}, "evaluator": {"role": "evaluator"}},
      "nodes": {"draw": {"slot": "particle_creator"}, "evaluate": {"slot": "evaluator"},
        "remember": {"operator": "remember_best"}},
      "flow": ["draw", "evaluate", "remember"]}}, "problem": {"name": "sphere", "dimension": 3}})");
  const Outcome outcome = folder.skein({"run", "run.json", "--quiet", "--checkpoint", "state", "--every", "5"});
  CHECK(outcome.code == 2);
  CHECK(outcome.err.find("error: the algorithm 'draw_once' counts no iterations, which --every 5 asks for "
                         "[bad-argument]\n"
                         "  expected: seconds, such as 30s, or an algorithm with an out-port 'iterations'\n") !=
        std::string::npos);
  CHECK(outcome.err.find("1 error") != std::string::npos);
  CHECK(folder.skein({"run", "run.json", "--quiet", "--checkpoint", "state", "--every", "5s"}).code == 0);
}

TEST_CASE("checkpoint messages: where nothing can be written, the run goes on and says so") {
  const SmallRun folder;
  const Outcome outcome = folder.shell(
      "mkdir place; \"$SKEIN\" run run.json --quiet --checkpoint place/state --every 500 --set stop.iterations=100000 "
      "& "
      "until [ -e place/state ]; do sleep 0.01; done; mv place elsewhere; wait $!");
  CHECK_MESSAGE(outcome.code == 1, outcome.err);
  CHECK(outcome.err ==
        "place/state: error: the checkpoint \"place/state\" cannot be written [output-unwritable]\n"
        "  found: No such file or directory\n1 error\n");
  CHECK(outcome.out.find("ended by      the limit of 100000 iterations") != std::string::npos);
}
