// Solutions that are no real vectors, and problems that are read from files, in the tool.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;

const char* const small_knapsack = "1\n3 1 7\n3 4 5\n2 2 3\n4\n";
const char* const broken_knapsack = "1\n3 1 7\n3 x 5\n2 2 3\n-4\n";
const char* const triangle =
    "TYPE: TSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\nEDGE_WEIGHT_SECTION\n1 2 4\n";

std::string document(const std::string& problem, const std::string& file) {
  return R"({"format": "skein/1", "run": "test", "algorithm": "particle_swarm",
 "problem": {"name": ")" +
         problem + R"(", "parameters": {"file": ")" + file + R"("}}, "stop": {"iterations": 20}})";
}

}  // namespace

TEST_CASE("results hold bits, integers and permutations") {
  const Folder folder;
  const auto best_solution = [&folder](const std::string& problem) {
    folder.write("run.json", R"({"format": "skein/1", "run": "test", "algorithm": "particle_swarm", "problem": ")" +
                                 problem + R"(", "stop": {"iterations": 5}})");
    const Outcome outcome = folder.skein({"run", "run.json", "--json", "--quiet"});
    REQUIRE(outcome.code == 0);
    return outcome.json().at("best_solution");
  };
  for (const json& bit : best_solution("one_max")) CHECK((bit.is_number_integer() && (bit == 0 || bit == 1)));
  for (const json& teeth : best_solution("gear_train"))
    CHECK((teeth.is_number_integer() && teeth >= 12 && teeth <= 60));
  std::vector<int> cities = best_solution("travelling_salesman");
  std::sort(cities.begin(), cities.end());
  CHECK(cities == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
}

TEST_CASE("evaluate takes bits, integers and permutations") {
  const Folder folder;
  CHECK(folder.skein({"evaluate", "one_max", "--at", "1,0,1,1"}).out == "3\n");
  CHECK(folder.skein({"evaluate", "gear_train", "--at", "16,19,43,49"}).out == "2.7008571488865134e-12\n");
  const std::string tour = "0,1,13,2,3,4,5,11,6,12,7,10,8,9";
  const Outcome outcome = folder.skein({"evaluate", "travelling_salesman", "--at", tour});
  CHECK(outcome.out == "3323\n");
  CHECK(outcome.err.empty());
  const json point =
      folder.skein({"evaluate", "travelling_salesman", "--at", tour, "--json"}).json().at("points").at(0);
  CHECK(point.at("position").dump() == "[" + tour + "]");
  CHECK(point.at("within_bounds") == true);
  CHECK(folder.skein({"evaluate", "knapsack", "--points", "-"}, "[0, 1, 1, 0, 0, 1]\n[0,0,0,0,0,1]\n").out ==
        "3800\n2000\n");
  CHECK(folder.skein({"evaluate", "gear_train", "--at", "16,19,43,61"}).says("coordinate 4 is 61, above 60"));
}

TEST_CASE("evaluate refuses what is no solution, with its place") {
  const Folder folder;
  const auto refused = [&folder](const std::string& problem, const std::string& point) {
    const Outcome outcome = folder.skein({"evaluate", problem, "--at", point});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  CHECK(refused("one_max", "1,0,2") ==
        "--at 1,0,2: error: coordinate 3 is no bit [bad-point]\n  expected: 0 or 1\n  found: 2\n1 error\n");
  CHECK(refused("gear_train", "16,19,43,4.5").find("coordinate 4 is no integer") != std::string::npos);
  CHECK(refused("gear_train", "16,19,43").find("wrong number of coordinates") != std::string::npos);
  CHECK(
      refused("travelling_salesman", "0,1,2,3,4,5,6,7,8,9,10,11,12,12").find("coordinate 14 is given a second time") !=
      std::string::npos);
  CHECK(refused("travelling_salesman", "1,2,3,4,5,6,7,8,9,10,11,12,13,14")
            .find("coordinate 14 is no item of a permutation") != std::string::npos);
  const Outcome second =
      folder.skein({"evaluate", "gear_train", "--points", "-"}, "[16, 19, 43, 49]\n[16, 19, 43, 0.5]\n");
  CHECK(second.code == 2);
  CHECK(second.out == "2.7008571488865134e-12\n");
  CHECK(second.says("standard input:2: error: coordinate 4 is no integer"));
}

TEST_CASE("describe shows the best known solution as people write it") {
  const Folder folder;
  const auto best = [&folder](const char* problem) {
    return folder.skein({"describe", problem, "--json"}).json().at("instance").at("best_known_solution").dump();
  };
  CHECK(best("knapsack") == "[0,1,1,0,0,1]");
  CHECK(best("gear_train") == "[16,19,43,49]");
  CHECK(best("travelling_salesman") == "[0,1,13,2,3,4,5,11,6,12,7,10,8,9]");
}

TEST_CASE("a file that a document names lies beside it, one that is typed in the current folder") {
  const Folder folder;
  std::filesystem::create_directory(folder.path("data"));
  folder.write("data/small.mknap", small_knapsack);
  folder.write("data/triangle.tsp", triangle);
  folder.write("data/run.json", document("knapsack", "small.mknap"));
  folder.write("data/tour.json", document("travelling_salesman", "triangle.tsp"));
  const auto value = [&folder](const tool_test::Words& words) {
    const Outcome outcome = folder.skein(words);
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    return outcome.json();
  };
  CHECK(value({"run", "data/run.json", "--json"}).at("best_quality") == 7);
  CHECK(value({"run", "data/run.json", "--json"}).at("best_known") == 7);
  CHECK(value({"run", "data/tour.json", "--json"}).at("best_quality") == 7);
  CHECK(value({"run", "data/tour.json", "--json"}).at("best_known").is_null());
  CHECK(
      value({"run", "data/run.json", "--json", "--set", "problem.parameters.file=data/small.mknap"}).at("dimension") ==
      3);
  CHECK(folder.skein({"evaluate", "knapsack", "--set", "problem.parameters.file=data/small.mknap", "--at", "1,1,0"})
            .out == "7\n");
  const Outcome beside = folder.skein({"run", "data/run.json", "--set", "problem.parameters.file=small.mknap"});
  CHECK(beside.code == 2);
  CHECK(beside.says("there is no file \"small.mknap\""));
}

TEST_CASE("files that are missing or wrong are refused before the run, with their lines") {
  const Folder folder;
  folder.write("broken.mknap", broken_knapsack);
  folder.write("missing.json", document("travelling_salesman", "berlin25"));
  folder.write("folder.json", document("travelling_salesman", "."));
  folder.write("broken.json", document("knapsack", "broken.mknap"));
  CHECK(folder.skein({"validate", "missing.json"}).err ==
        "missing.json:2:68: error: there is no file \"berlin25\" [file-not-found]\n"
        "  path: problem/parameters/file\n"
        "  found: No such file or directory\n"
        "  suggestion: berlin52\n"
        "1 error\n");
  CHECK(folder.skein({"validate", "folder.json"}).says("[file-unreadable]"));
  CHECK(folder.skein({"run", "broken.json"}).err ==
        "broken.mknap:3:3: error: This cannot be profit 2 of 3 of instance 1. [bad-instance]\n"
        "  path: problem\n"
        "  expected: a finite number\n"
        "  found: 'x'\n"
        "broken.mknap:5:1: error: This cannot be capacity 1 of 1 of instance 1. [bad-instance]\n"
        "  path: problem\n"
        "  expected: a finite number, at least 0\n"
        "  found: '-4'\n"
        "2 errors\n");
  const Outcome beyond = folder.skein({"evaluate", "knapsack", "--set", "problem.parameters.instance=8", "--at", "1"});
  CHECK(beyond.code == 2);
  CHECK(beyond.says("has no instance 8"));
  CHECK(beyond.says("expected: 1 to 7"));
  CHECK(folder.skein({"run", "broken.json", "--set", "problem.dimension=3"}).says("[unknown-parameter]"));
}
