// Runs with a journal of their evaluations, killed again and again: each evaluation is paid for once.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;

constexpr int workers = 3;
constexpr int all_evaluations = 9 * 13;

/// A run on a program that takes some milliseconds per evaluation and notes each one in the file `paid`.
struct Expensive : Folder {
  explicit Expensive(const std::string& more = "", const std::string& problem_more = "") {
    write("run.json", R"({"format": "skein/1", "run": "expensive",
      "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 9},
        "slots": {"topology_initializer": "spso_random", "topology_updater": "adaptive_random"}},
      "problem": {"name": "external_program", "dimension": 3, "parameters": {"workers": 3,
        "command": [")" SKEIN_TEST_WORKER R"(", "good", "always", ")" +
                          path("paid").string() + R"(", "8"]})" + problem_more + R"(}, "seed": 5,
      "stop": {"iterations": 12})" +
                          more + "}");
  }

  [[nodiscard]] std::vector<std::string> paid() const {
    std::vector<std::string> lines;
    std::istringstream stream(read("paid"));
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
  }
};

/// What a result says of the search, without what it says of the journal.
json result_of(const Outcome& outcome) {
  json result = tool_test::repeatable(outcome);
  result.erase("journal");
  return result;
}

struct Undisturbed {
  Outcome outcome;
  std::vector<std::string> positions;  ///< different ones
  double seconds = 0;
};

std::vector<std::string> different(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

Undisturbed undisturbed(const std::string& problem_more = "") {
  const Expensive folder("", problem_more);
  const auto begin = std::chrono::steady_clock::now();
  Undisturbed run;
  run.outcome = folder.skein({"run", "run.json", "--quiet", "--json"});
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  REQUIRE_MESSAGE(run.outcome.code == 0, run.outcome.err);
  REQUIRE(folder.paid().size() == all_evaluations);
  run.positions = different(folder.paid());
  return run;
}

/// Runs the command until it ends by itself, and kills it after a while otherwise; returns how often it was killed.
int kill_again_and_again(const Folder& folder, double seconds, const std::string& first, const std::string& again) {
  int killed = 0;
  for (const double part : {0.7, 0.5, 0.6, 0.45, 0.65}) {
    const bool goes_on = folder.has("state");
    const Outcome outcome = folder.shell("\"$SKEIN\" " + (goes_on ? again : first) + " --quiet > /dev/null & sleep " +
                                         std::to_string(seconds * part) + "; kill -9 $! 2> /dev/null; wait $!");
    if (outcome.code == 0) break;
    ++killed;
  }
  return killed;
}

void check_paid_once(const Expensive& folder, const Undisturbed& whole, int killed) {
  const std::vector<std::string> lines = folder.paid();
  const auto count = static_cast<int>(lines.size());
  CHECK(count >= all_evaluations);
  // What was in flight when the process was killed is the only thing that is evaluated again.
  CHECK(count <= all_evaluations + killed * workers);
  const bool same = different(lines) == whole.positions;
  CHECK(same);
}

}  // namespace

TEST_CASE("journal: a run that is killed again and again, without a checkpoint, pays for each evaluation once") {
  const Undisturbed whole = undisturbed();
  const Expensive folder;
  const int killed = kill_again_and_again(folder, whole.seconds, "run run.json --journal kept", "");
  const Outcome last = folder.skein({"run", "run.json", "--journal", "kept", "--quiet", "--json", "--threads", "2"});
  REQUIRE_MESSAGE(last.code == 0, last.err);
  CHECK(killed > 0);
  CHECK(last.json().at("journal").at("reused") > 0);
  CHECK(last.json().at("evaluations") == all_evaluations);
  check_paid_once(folder, whole, killed);
  const bool same = result_of(last) == result_of(whole.outcome);
  CHECK(same);
}

TEST_CASE("journal: a killed run goes on from its checkpoint, which knows the journal") {
  const std::string transform = R"(, "transform": [{"shift": 2}, {"noise": {"sigma": 0.05}}])";
  const Undisturbed whole = undisturbed(transform);
  const Expensive folder("", transform);
  const int killed = kill_again_and_again(
      folder, whole.seconds, "run run.json --journal kept --checkpoint state --every 5", "run --resume state");
  const bool has_state = folder.has("state");
  const Outcome last = folder.skein(has_state ? tool_test::Words{"run", "--resume", "state", "--quiet", "--json"}
                                              : tool_test::Words{"run", "run.json", "--journal", "kept", "--quiet",
                                                                 "--checkpoint", "state", "--json"});
  REQUIRE_MESSAGE(last.code == 0, last.err);
  CHECK(killed > 0);
  CHECK(last.json().at("journal").at("file") == folder.path("kept").string());
  const bool same = result_of(last) == result_of(whole.outcome);
  CHECK(same);
  check_paid_once(folder, whole, killed);
}

TEST_CASE("journal: on a full disk the run ends with an error, and goes on when there is room") {
  const Undisturbed whole = undisturbed();
  const Expensive folder;
  const Outcome full = folder.shell("ulimit -f 16; \"$SKEIN\" run run.json --quiet --json --journal kept");
  CHECK(full.code == 1);
  CHECK_MESSAGE(full.says("error: The journal \"" + folder.path("kept").string() +
                          "\" cannot be written: File too large. [run-failed]"),
                full.err);
  CHECK(full.json().at("stop_reason") == "error");
  const auto recorded = full.json().at("journal").at("recorded").get<int>();
  CHECK(recorded > 0);
  CHECK(full.json().at("evaluations").get<int>() <= recorded);
  const Outcome last = folder.skein({"run", "run.json", "--journal", "kept", "--quiet", "--json"});
  CHECK(last.code == 0);
  CHECK(last.json().at("journal").at("reused") == recorded);
  const bool same = result_of(last) == result_of(whole.outcome);
  CHECK(same);
}

TEST_CASE("journal: what the tool says") {
  const Expensive folder;
  const Outcome first = folder.skein({"run", "run.json", "--journal", "kept", "--quiet"});
  REQUIRE_MESSAGE(first.code == 0, first.err);
  CHECK(first.out.find("journal") == std::string::npos);
  const Outcome again = folder.skein({"run", "run.json", "--journal", "kept", "--quiet"});
  CHECK(again.out.find("              117 of them taken from the journal\n") != std::string::npos);
  CHECK(folder.paid().size() == all_evaluations);

  const Outcome other = folder.skein({"run", "run.json", "--journal", "kept", "--quiet", "--seed", "6"});
  CHECK(other.code == 2);
  CHECK(other.err ==
        "kept: error: The journal belongs to another run: seed is another one. [journal-other-run]\n"
        "  found: in the journal 5, here 6\n"
        "  suggestion: another file, or the run that the journal is of\n1 error\n");
  const Outcome document = folder.skein({"run", "run.json", "--journal", "run.json", "--quiet"});
  CHECK(document.code == 2);
  CHECK(document.err ==
        "error: the run document and --journal would be one file [bad-argument]\n  expected: two files\n"
        "  found: 'run.json'\n1 error\n");
}
