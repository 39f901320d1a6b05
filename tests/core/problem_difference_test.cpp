// Whether a checkpoint or a journal is of the problem at hand.
#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "session/plan_outline.hpp"
#include "skein/json.hpp"

namespace {

using namespace skein;

Value outline(const std::string& objectives) {
  Diagnostics diagnostics;
  const auto value = parse_json(R"({"dimension": 3, "objectives": )" + objectives + R"(, "best_known": null})",
                                "outline", diagnostics);
  REQUIRE(value.has_value());
  return *value;
}

std::string difference(const std::string& then, const std::string& now) {
  const auto found = problem_difference(outline(then), outline(now));
  return found ? found->path + ": " + found->first + ", " + found->second : "";
}

}  // namespace

TEST_CASE("problems with other objectives, or other senses, are other problems") {
  CHECK(difference(R"(["quality minimized"])", R"(["quality minimized"])").empty());
  CHECK(difference(R"(["quality minimized"])", R"(["cost minimized"])") ==
        R"(problem.objectives[0]: "quality minimized", "cost minimized")");
  CHECK(difference(R"(["quality minimized"])", R"(["quality maximized"])") ==
        R"(problem.objectives[0]: "quality minimized", "quality maximized")");
}

TEST_CASE("where a file has the number of objectives only, it is compared, and the rest as ever") {
  CHECK(difference("1", R"(["cost minimized"])").empty());
  CHECK(difference("2", R"(["cost minimized", "weight minimized"])").empty());
  CHECK(difference("2", R"(["cost minimized"])") == "problem.objectives: 2, 1");
  Value other = outline("1");
  std::get<Object>(other.data).front().value = Value(4);
  CHECK(problem_difference(other, outline(R"(["cost minimized"])")).value().path == "problem.dimension");
}
