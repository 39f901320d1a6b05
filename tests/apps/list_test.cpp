#include <doctest/doctest.h>

#include <algorithm>

#include "tests/apps/tool.hpp"

namespace {

using nlohmann::json;
using tool_test::Folder;
using tool_test::Outcome;
using tool_test::Words;

const Words kinds = {"operators", "roles", "encodings", "problems", "transforms", "algorithms", "plugins"};

bool has_name(const json& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&name](const json& item) { return item.at("name") == name; });
}

TEST_CASE("list --json prints an array of objects with a name") {
  const Folder folder;
  std::size_t total = 0;
  for (const std::string& kind : kinds) {
    const json list = folder.skein({"list", kind, "--json"}).json();
    CHECK(list.is_array());
    CHECK(!list.empty());
    total += list.size();
    for (const json& item : list) {
      CHECK(!item.at("name").get<std::string>().empty());
      CHECK(!item.at("summary").get<std::string>().empty());
      CHECK(!item.at("plugin").get<std::string>().empty());
    }
  }
  CHECK(folder.skein({"list", "--json"}).json().size() == total);
}

TEST_CASE("the names of the contract are there") {
  const Folder folder;
  const json operators = folder.skein({"list", "operators", "--json"}).json();
  CHECK(has_name(operators, "scalar_multiply"));
  CHECK(has_name(operators, "vector_add"));
  CHECK(has_name(operators, "particle_swarm_main_loop"));
  CHECK(has_name(folder.skein({"list", "algorithms", "--json"}).json(), "particle_swarm"));
  CHECK(has_name(folder.skein({"list", "algorithms", "--json"}).json(), "particle_swarm_elementary"));
  CHECK(has_name(folder.skein({"list", "problems", "--json"}).json(), "sphere"));
  CHECK(has_name(folder.skein({"list", "problems", "--json"}).json(), "rastrigin"));
}

TEST_CASE("parameters are listed with defaults and ranges") {
  const Folder folder;
  const json problems = folder.skein({"list", "problems", "--json"}).json();
  const auto sphere =
      std::find_if(problems.begin(), problems.end(), [](const json& item) { return item.at("name") == "sphere"; });
  REQUIRE(sphere != problems.end());
  const json dimension = sphere->at("parameters").at(0);
  CHECK(dimension.at("name") == "dimension");
  CHECK(dimension.at("type") == "integer");
  CHECK(dimension.at("default") == 2);
  CHECK(dimension.at("minimum") == 1);
  CHECK(dimension.at("maximum") == 1000000);
}

TEST_CASE("the tables show name, summary and plugin") {
  const Folder folder;
  const Outcome all = folder.skein({"list"});
  CHECK(all.code == 0);
  CHECK(all.err.empty());
  for (const std::string& kind : kinds) CHECK(("\n" + all.out).find("\n" + kind + "\n") != std::string::npos);
  CHECK(folder.skein({"list", "problems"}).out.find("test_functions\n") != std::string::npos);
}

}  // namespace
