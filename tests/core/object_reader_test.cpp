#include "documents/object_reader.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "skein/json.hpp"

namespace {

using skein::Diagnostics;
using skein::ObjectReader;
using skein::Presence;
using skein::RealRules;
using skein::Value;

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

Value parsed(std::string_view text) {
  Diagnostics diagnostics;
  std::optional<Value> value = skein::parse_json(text, "a.json", diagnostics);
  REQUIRE(value.has_value());
  return *value;
}

std::string text_of(const Diagnostics& diagnostics) {
  std::string out;
  for (const auto& item : diagnostics.items()) out += (out.empty() ? "" : "\n") + skein::to_text(item);
  return out;
}

TEST_CASE("a right object is read without findings") {
  const Value value = parsed(R"({"text": "x", "integer": -3, "seed": 18446744073709551615, "real": 2.5, "whole": 2,
      "boolean": false, "list": [1], "object": {"a": 1}, "null": null})");
  Diagnostics diagnostics;
  ObjectReader reader(value, "run", diagnostics);
  CHECK(reader.is_object());
  CHECK(reader.path() == "run");
  CHECK(reader.path_to("stop") == "run/stop");
  CHECK(reader.text("text") == "x");
  CHECK(reader.integer("integer", smallest, largest) == -3);
  CHECK(reader.unsigned_integer("seed") == std::numeric_limits<std::uint64_t>::max());
  CHECK(reader.real("real") == 2.5);
  CHECK(reader.real("whole") == 2.0);
  CHECK(reader.boolean("boolean") == false);
  REQUIRE(reader.list("list") != nullptr);
  CHECK(reader.list("list")->size() == 1);
  REQUIRE(reader.object("object") != nullptr);
  CHECK(reader.object("object")->find("a") != nullptr);
  REQUIRE(reader.required("null") != nullptr);
  CHECK(reader.required("null")->is_null());
  CHECK(reader.optional("absent") == nullptr);
  CHECK_FALSE(reader.text("absent", Presence::optional).has_value());
  CHECK_FALSE(reader.real("absent", {}, Presence::optional).has_value());
  reader.finish();
  CHECK(diagnostics.empty());
}

TEST_CASE("what is no object is reported once") {
  const Value value = parsed("\n [1]");
  Diagnostics diagnostics;
  ObjectReader reader(value, "stop", diagnostics);
  CHECK_FALSE(reader.is_object());
  CHECK_FALSE(reader.integer("iterations", 0, largest).has_value());
  CHECK(reader.required("target") == nullptr);
  reader.finish();
  CHECK(text_of(diagnostics) ==
        "a.json:2:2: error: \"stop\" must be an object, not a list [wrong-type]\n"
        "  path: stop\n"
        "  expected: an object\n"
        "  found: a list");
}

TEST_CASE("a required key that is missing is reported at its object") {
  const Value value = parsed("{\"a\":\n {}}");
  Diagnostics diagnostics;
  ObjectReader reader(*value.find("a"), "a", diagnostics);
  CHECK(reader.required("swarm_size") == nullptr);
  CHECK_FALSE(reader.text("name").has_value());
  reader.finish();
  CHECK(text_of(diagnostics) ==
        "a.json:2:2: error: the key \"swarm_size\" is missing [missing-key]\n"
        "  path: a\n"
        "a.json:2:2: error: the key \"name\" is missing [missing-key]\n"
        "  path: a");
}

TEST_CASE("a value of the wrong kind is reported where it stands") {
  const Value value = parsed(R"({"a": 1, "b": "yes", "c": null, "d": true, "e": {}, "f": [], "g": 2.5})");
  Diagnostics diagnostics;
  ObjectReader reader(value, "", diagnostics);
  CHECK_FALSE(reader.text("a").has_value());
  CHECK_FALSE(reader.boolean("b").has_value());
  CHECK_FALSE(reader.real("c").has_value());
  CHECK_FALSE(reader.integer("d", 0, 1).has_value());
  CHECK(reader.list("e") == nullptr);
  CHECK(reader.object("f") == nullptr);
  CHECK_FALSE(reader.unsigned_integer("g").has_value());
  reader.finish();
  CHECK(text_of(diagnostics) ==
        "a.json:1:7: error: \"a\" must be a text, not an integer [wrong-type]\n"
        "  path: a\n  expected: a text\n  found: 1, an integer\n"
        "a.json:1:15: error: \"b\" must be a boolean, not a text [wrong-type]\n"
        "  path: b\n  expected: a boolean\n  found: \"yes\", a text\n"
        "a.json:1:27: error: \"c\" must be a number, not null [wrong-type]\n"
        "  path: c\n  expected: a number\n  found: null\n"
        "a.json:1:38: error: \"d\" must be an integer, not a boolean [wrong-type]\n"
        "  path: d\n  expected: an integer\n  found: true, a boolean\n"
        "a.json:1:49: error: \"e\" must be a list, not an object [wrong-type]\n"
        "  path: e\n  expected: a list\n  found: an object\n"
        "a.json:1:58: error: \"f\" must be an object, not a list [wrong-type]\n"
        "  path: f\n  expected: an object\n  found: a list\n"
        "a.json:1:67: error: \"g\" must be an integer, not a real number [wrong-type]\n"
        "  path: g\n  expected: an integer\n  found: 2.5, a real number");
}

TEST_CASE("3.0 is no integer, and the finding says how to write one") {
  const Value value = parsed(R"({"a": 3.0, "b": 3.7, "c": -1e3, "d": 1e300})");
  Diagnostics diagnostics;
  ObjectReader reader(value, "", diagnostics);
  for (const char* key : {"a", "b", "c", "d"}) CHECK_FALSE(reader.integer(key, smallest, largest).has_value());
  REQUIRE(diagnostics.items().size() == 4);
  CHECK(diagnostics.items()[0].suggestion == "write 3");
  CHECK(diagnostics.items()[0].found == "3.0, a real number");
  CHECK(diagnostics.items()[1].suggestion.empty());
  CHECK(diagnostics.items()[2].suggestion == "write -1000");
  CHECK(diagnostics.items()[3].suggestion.empty());
}

TEST_CASE("integers outside their range are refused, whatever their size") {
  const Value value = parsed(R"({"a": 0, "b": 11, "c": 18446744073709551615, "d": -1, "e": 10, "f": 1})");
  Diagnostics diagnostics;
  ObjectReader reader(value, "parameters", diagnostics);
  CHECK_FALSE(reader.integer("a", 1, 10).has_value());
  CHECK_FALSE(reader.integer("b", smallest, 10).has_value());
  CHECK_FALSE(reader.integer("c", 1, largest).has_value());
  CHECK_FALSE(reader.unsigned_integer("d").has_value());
  CHECK(reader.integer("e", 1, 10) == 10);
  CHECK(reader.integer("f", 1, 10) == 1);
  CHECK(text_of(diagnostics) ==
        "a.json:1:7: error: \"a\" must be from 1 to 10 [out-of-range]\n"
        "  path: parameters/a\n  expected: from 1 to 10\n  found: 0\n"
        "a.json:1:15: error: \"b\" must be at most 10 [out-of-range]\n"
        "  path: parameters/b\n  expected: at most 10\n  found: 11\n"
        "a.json:1:24: error: \"c\" must be from 1 to 9223372036854775807 [out-of-range]\n"
        "  path: parameters/c\n  expected: from 1 to 9223372036854775807\n  found: 18446744073709551615\n"
        "a.json:1:51: error: \"d\" must be at least 0 [out-of-range]\n"
        "  path: parameters/d\n  expected: at least 0\n  found: -1");
}

TEST_CASE("reals outside their range are refused") {
  const Value value = parsed(R"({"a": -0.5, "b": 2, "c": 1.5, "d": 1})");
  Diagnostics diagnostics;
  ObjectReader reader(value, "", diagnostics);
  CHECK_FALSE(reader.real("a", {.minimum = 0}).has_value());
  CHECK_FALSE(reader.real("b", {.minimum = 0, .maximum = 1}).has_value());
  CHECK_FALSE(reader.real("c", {.maximum = 1}).has_value());
  CHECK(reader.real("d", {.minimum = 0, .maximum = 1}) == 1.0);
  CHECK(text_of(diagnostics) ==
        "a.json:1:7: error: \"a\" must be at least 0.0 [out-of-range]\n"
        "  path: a\n  expected: at least 0.0\n  found: -0.5\n"
        "a.json:1:18: error: \"b\" must be from 0.0 to 1.0 [out-of-range]\n"
        "  path: b\n  expected: from 0.0 to 1.0\n  found: 2\n"
        "a.json:1:26: error: \"c\" must be at most 1.0 [out-of-range]\n"
        "  path: c\n  expected: at most 1.0\n  found: 1.5");
}

TEST_CASE("infinities and nan are texts and taken only where they were asked for") {
  const Value value = parsed(R"({"a": "inf", "b": "-inf", "c": "nan", "d": "infinite", "e": "inf"})");
  Diagnostics diagnostics;
  ObjectReader reader(value, "", diagnostics);
  const RealRules rules{.minimum = 0, .special_texts = true};
  CHECK(reader.real("a", rules) == std::numeric_limits<double>::infinity());
  CHECK_FALSE(reader.real("b", rules).has_value());
  CHECK(std::isnan(reader.real("c", rules).value_or(0.0)));
  CHECK_FALSE(reader.real("d", rules).has_value());
  CHECK_FALSE(reader.real("e").has_value());
  REQUIRE(diagnostics.items().size() == 3);
  CHECK(skein::to_text(diagnostics.items()[0]) ==
        "a.json:1:19: error: \"b\" must be at least 0.0 [out-of-range]\n"
        "  path: b\n  expected: at least 0.0\n  found: \"-inf\"");
  CHECK(skein::to_text(diagnostics.items()[1]) ==
        "a.json:1:44: error: \"d\" must be a number, \"inf\", \"-inf\" or \"nan\", not a text [wrong-type]\n"
        "  path: d\n  expected: a number, \"inf\", \"-inf\" or \"nan\"\n  found: \"infinite\", a text");
  CHECK(diagnostics.items()[2].expected == "a number");
}

TEST_CASE("every key that nobody asked for is reported with the nearest one") {
  const Value value = parsed("{\"iteration\": 5, \"target\": 1,\n \"colour\": 2}");
  Diagnostics diagnostics;
  ObjectReader reader(value, "stop", diagnostics);
  (void)reader.optional("iterations");
  (void)reader.optional("evaluations");
  (void)reader.required("target");
  (void)reader.optional("iterations");
  reader.finish();
  CHECK(text_of(diagnostics) ==
        "a.json:1:2: error: the key \"iteration\" is not known here [unknown-key]\n"
        "  path: stop/iteration\n"
        "  expected: iterations, evaluations, target\n"
        "  found: \"iteration\"\n"
        "  suggestion: iterations\n"
        "a.json:2:2: error: the key \"colour\" is not known here [unknown-key]\n"
        "  path: stop/colour\n"
        "  expected: iterations, evaluations, target\n"
        "  found: \"colour\"");
}

TEST_CASE("an object of which nothing is known must be empty") {
  const Value value = parsed(R"({"a": 1})");
  Diagnostics diagnostics;
  ObjectReader(value, "", diagnostics).finish();
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items()[0].expected == "an empty object");
}

TEST_CASE("items of lists are read by the same rules") {
  const Value value = parsed(R"([1, "x"])");
  Diagnostics diagnostics;
  CHECK(skein::read_integer(value.list()[0], "flow/0", diagnostics) == 1);
  CHECK(skein::read_text(value.list()[1], "flow/1", diagnostics) == "x");
  CHECK_FALSE(skein::read_real(value.list()[1], "flow/1", diagnostics).has_value());
  CHECK(diagnostics.items()[0].path == "flow/1");
  CHECK(diagnostics.items()[0].message == "\"1\" must be a number, not a text");
}

TEST_CASE("long texts are cut off in messages") {
  const Value value(std::string(1000, 'x'));
  Diagnostics diagnostics;
  CHECK_FALSE(skein::read_integer(value, "n", diagnostics).has_value());
  CHECK(diagnostics.items()[0].found == "\"" + std::string(60, 'x') + "...\", a text");
}

}  // namespace
