#include <doctest/doctest.h>

#include <set>
#include <sstream>
#include <string>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::SmallRun;

TEST_CASE("evaluate prints one value a line, with 17 digits") {
  const Folder folder;
  CHECK(folder.skein({"evaluate", "sphere", "--at", "1,2,3"}).out == "14\n");
  CHECK(folder.skein({"evaluate", "sphere", "--at", "-1,-2", "--at", "-.5,0"}).out == "5\n0.25\n");
  CHECK(folder.skein({"evaluate", "sphere", "--at=0.1"}).out == "0.010000000000000002\n");
  CHECK(folder.skein({"evaluate", "rastrigin", "--at", "0,0,0,0"}).out == "0\n");
  CHECK(folder.skein({"evaluate", "rosenbrock", "--at", "1,1"}).out == "0\n");
}

TEST_CASE("points come from a file or standard input") {
  const Folder folder;
  folder.write("points", "[1, 2]\n[3, 4]");
  CHECK(folder.skein({"evaluate", "sphere", "--points", "points"}).out == "5\n25\n");
  const Outcome outcome = folder.skein({"evaluate", "sphere", "--points", "-"}, "[1]\r\n[2]\r\n");
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "1\n4\n");
}

TEST_CASE("many points are evaluated in their order") {
  const Folder folder;
  std::string points, expected;
  for (int i = 0; i < 10000; ++i) {
    points += "[" + std::to_string(i % 5) + "]\n";
    expected += std::to_string((i % 5) * (i % 5)) + "\n";
  }
  CHECK(folder.skein({"evaluate", "sphere", "--points", "-"}, points).out == expected);
}

TEST_CASE("the problem's own sense and a document's problem count") {
  const SmallRun folder;
  const std::string negate = "problem.parameters.negate=true";
  CHECK(folder.skein({"evaluate", "sphere", "--at", "1,2", "--set", negate}).out == "-5\n");
  CHECK(folder.skein({"evaluate", "sphere", "--at", "0,0", "--set", negate}).out == "0\n");
  CHECK(folder.skein({"evaluate", "run.json", "--at", "1,2,3"}).out == "14\n");
  CHECK(folder.skein({"evaluate", "run.json", "--at", "1,2"}).code == 2);
  CHECK(folder.skein({"evaluate", "run.json", "--at", "1,2", "--set", "problem.dimension=2"}).out == "5\n");
}

TEST_CASE("transforms of a document count") {
  const SmallRun folder;
  const auto value = [&](const std::string& transform, const std::string& point) {
    return folder.skein({"evaluate", "run.json", "--at", point, "--set", "problem.transform=" + transform}).out;
  };
  CHECK(value("[]", "1,2,3") == "14\n");
  CHECK(value("[{\"shift\": [1, 2, 3]}]", "1,2,3") == "0\n");
  CHECK(value("[{\"shift\": [1, 2, 3]}, {\"scale\": 2}]", "2,2,3") == "4\n");
  CHECK(value("[{\"noise\": 0}]", "1,2,3") == "14\n");
  CHECK(value("[{\"noise\": 1}]", "1,2,3") != "14\n");
  const Outcome wrong =
      folder.skein({"evaluate", "run.json", "--at", "1,2,3", "--set", "problem.transform=[{\"turn\": 1}]"});
  CHECK(wrong.code == 2);
  CHECK(wrong.says("There is no transform named 'turn'. [unknown-transform]"));
  for (const char* verb : {"validate", "run", "graph"}) {
    CAPTURE(std::string(verb));
    folder.write("shifted.json", R"({"format": "skein/1", "algorithm": "particle_swarm", "stop": {"iterations": 3},
      "problem": {"name": "sphere", "transform": [{"shift": 7}, {"rotate": 7}]}})");
    CHECK(folder.skein({verb, "shifted.json"}).code == 0);
  }
}

TEST_CASE("a problem that fails is reported at its point") {
  const SmallRun folder;
  const std::string problem = R"({"name": "external_program", "parameters": {"command": ["true"], "retries": 0}})";
  const Outcome outcome = folder.skein({"evaluate", "run.json", "--at", "1,0", "--set", "problem=" + problem});
  CHECK(outcome.code == 1);
  CHECK(outcome.out.empty());
  CHECK(outcome.says("--at 1,0: error: The worker '"));
  CHECK(outcome.says("' ended with exit status 0 without an answer. [evaluation-failed]"));
}

TEST_CASE("points that break constraints are evaluated with a warning, and the violation is said") {
  const Folder folder;
  const Outcome outcome = folder.skein({"evaluate", "three_bar_truss", "--at", "0.5,0.5", "--at", "1,1", "--json"});
  CHECK(outcome.code == 0);
  CHECK(outcome.json().at("points")[0].at("violation") > 0.5);
  CHECK(outcome.json().at("points")[1].at("violation") == 0.0);
  CHECK(outcome.says("[breaks-constraints]"));
  CHECK(outcome.says("--at 0.5,0.5: warning: the point breaks the constraints by "));
}

TEST_CASE("points outside the bounds are evaluated with a warning") {
  const Folder folder;
  const Outcome outcome = folder.skein({"evaluate", "sphere", "--at", "1,100"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "10001\n");
  CHECK(outcome.says("warning: the point lies outside the bounds: coordinate 2 is 100, above 5.12 [outside-bounds]"));
}

TEST_CASE("evaluate --json prints one object") {
  const Folder folder;
  const json answer = folder.skein({"evaluate", "sphere", "--at", "1,2", "--at", "3,40", "--json"}).json();
  CHECK(answer.at("problem") == "sphere");
  CHECK(answer.at("dimension") == 2);
  CHECK(answer.at("sense") == "minimize");
  CHECK(answer.at("points").size() == 2);
  CHECK(answer.at("points")[0] ==
        json{{"position", {1.0, 2.0}}, {"value", 5.0}, {"violation", 0.0}, {"within_bounds", true}});
  CHECK(answer.at("points")[1].at("within_bounds") == false);
}

TEST_CASE("what is random needs a seed") {
  const Folder folder;
  const Outcome refused = folder.skein({"evaluate", "random", "--at", "1,2"});
  CHECK(refused.code == 2);
  CHECK(refused.out.empty());
  CHECK_MESSAGE(refused.says("error: problem 'random' draws random numbers: it needs a seed [missing-seed]"),
                refused.err);
  CHECK(refused.says("expected: --seed N"));

  const auto value = [&folder](const std::string& seed) {
    return folder.skein({"evaluate", "random", "--at", "1,2", "--seed", seed}).out;
  };
  CHECK(value("7").starts_with("0."));
  CHECK(value("7") == value("7"));
  CHECK(value("7") != value("8"));
  CHECK(folder.skein({"evaluate", "multinormal", "--at", "5,5"}).out == "-0.79577471545947676\n");
}

TEST_CASE("the seed of a document serves its random problem") {
  const SmallRun folder;
  const auto value = [&folder](const std::string& assignment, const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"evaluate", "run.json", "--at", "1,2,3", "--set", "problem.name=random"};
    arguments.insert(arguments.end(), {"--set", assignment});
    arguments.insert(arguments.end(), options.begin(), options.end());
    return folder.skein(arguments).out;
  };
  CHECK(value("seed=5", {}).starts_with("0."));
  CHECK(value("seed=5", {}) == value("seed=6", {"--seed", "5"}));
  CHECK(value("seed=5", {}) != value("seed=6", {}));
}

TEST_CASE("many random values are all different") {
  const Folder folder;
  std::string points;
  for (int i = 0; i < 10000; ++i) points += "[0]\n";
  const Outcome outcome = folder.skein({"evaluate", "random", "--points", "-", "--seed", "1"}, points);
  std::istringstream lines(outcome.out);
  std::set<std::string> found;
  for (std::string line; std::getline(lines, line);) found.insert(line);
  CHECK(found.size() == 10000);
}

TEST_CASE("wrong points are refused with the number of their line") {
  const Folder folder;
  const auto check = [&folder](const std::string& points, const std::string& text) {
    CAPTURE(points);
    const Outcome outcome = folder.skein({"evaluate", "sphere", "--points", "-"}, points);
    CHECK(outcome.code == 2);
    CHECK_MESSAGE(outcome.says(text), outcome.err);
  };
  check("[1, 2]\n[3]\n", "standard input:2: error: the point has the wrong number of coordinates");
  check("[1]\n[\"nan\"]\n", "standard input:2:2: error: coordinate 1 is a text");
  check("[1]\n[NaN]\n", "standard input:2:2: error:");
  check("[1]\n\n[2]\n", "standard input:2: error: the line is empty");
  check("{\"x\": 1}\n", "standard input:1: error: the line holds an object");
  check("[]\n", "standard input:1: error: the point has no coordinates");
  check("", "there are no points");
}

TEST_CASE("wrong points on the command line are refused") {
  const Folder folder;
  for (const char* point : {"", "1,,2", "1,", "nan", "inf", "1e999", "one", "1;2"}) {
    CAPTURE(point);
    const Outcome outcome = folder.skein({"evaluate", "sphere", "--at", point});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.says("[bad-point]"));
  }
  const Outcome several = folder.skein({"evaluate", "sphere", "--at", "x,2", "--at", "1,y", "--at", "3,4"});
  CHECK(several.says("--at x,2: error: coordinate 1 is no finite number"));
  CHECK(several.says("--at 1,y: error: coordinate 2 is no finite number"));
  CHECK(several.says("2 errors"));
  CHECK(folder.skein({"evaluate", "sphere"}).code == 2);
  CHECK(folder.skein({"evaluate", "sphere", "--at", "1", "--points", "-"}).code == 2);
  CHECK(folder.skein({"evaluate", "sphere", "--points", "missing"}).says("[file-not-found]"));
  CHECK(folder.skein({"evaluate", "sphere", "--points", "."}).says("[file-unreadable]"));
  CHECK(folder.skein({"evaluate", "spere", "--at", "1"}).says("suggestion: sphere"));
  CHECK(folder.skein({"evaluate", "missing.json", "--at", "1"}).says("[file-not-found]"));
}

}  // namespace
