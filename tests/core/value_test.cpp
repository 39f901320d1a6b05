#include "skein/value.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

namespace {

using skein::List;
using skein::Member;
using skein::Object;
using skein::Value;

constexpr std::int64_t largest_signed = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t largest_unsigned = std::numeric_limits<std::uint64_t>::max();

TEST_CASE("a value knows its kind") {
  CHECK(Value().is_null());
  CHECK(Value(true).is_boolean());
  CHECK(Value(7).is_integer());
  CHECK(Value(largest_unsigned).is_integer());
  CHECK(Value(7.0).is_real());
  CHECK_FALSE(Value(7.0).is_integer());
  CHECK(Value(7).is_number());
  CHECK(Value(7.0).is_number());
  CHECK_FALSE(Value(true).is_number());
  CHECK(Value("seven").is_text());
  CHECK(Value(List{}).is_list());
  CHECK(Value(Object{}).is_object());
}

TEST_CASE("a value names its kind for messages") {
  CHECK(Value().kind_name() == "null");
  CHECK(Value(false).kind_name() == "a boolean");
  CHECK(Value(1).kind_name() == "an integer");
  CHECK(Value(largest_unsigned).kind_name() == "an integer");
  CHECK(Value(1.0).kind_name() == "a real number");
  CHECK(Value("").kind_name() == "a text");
  CHECK(Value(List{}).kind_name() == "a list");
  CHECK(Value(Object{}).kind_name() == "an object");
}

TEST_CASE("integers are held as signed where they fit and as unsigned above") {
  const auto boundary = static_cast<std::uint64_t>(largest_signed);
  CHECK(std::holds_alternative<std::int64_t>(Value(boundary).data));
  CHECK(std::holds_alternative<std::uint64_t>(Value(boundary + 1).data));
  CHECK(Value(std::uint64_t{5}) == Value(5));
  CHECK(Value(largest_unsigned).number() == 18446744073709551616.0);
  CHECK(Value(std::int64_t{-3}).number() == -3.0);
  CHECK(Value(2.5).number() == 2.5);
}

TEST_CASE("a literal is a text, not a boolean") {
  const Value value = "true";
  REQUIRE(value.is_text());
  CHECK(value.text() == "true");
}

TEST_CASE("values are equal by content, not by place") {
  Value placed(3);
  placed.where = {"a.json", 4, 2};
  CHECK(placed == Value(3));
  CHECK_FALSE(Value(1) == Value(1.0));
  CHECK_FALSE(Value(1) == Value(true));
  CHECK_FALSE(Value() == Value(false));
  CHECK(Value() == Value());
  CHECK(Value(0.0) == Value(-0.0));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(Value(nan) == Value(nan));
  CHECK_FALSE(Value(nan) == Value(0.0));
  CHECK_FALSE(Value(largest_unsigned) == Value(-1));
  CHECK_FALSE(Value(std::int64_t{-1}) == Value(largest_unsigned));
  Value unsigned_five;
  unsigned_five.data = std::uint64_t{5};
  CHECK(unsigned_five == Value(5));
  CHECK(Value("a") != Value("b"));
}

TEST_CASE("lists and objects are equal member by member and in order") {
  CHECK(Value(List{1, "x", List{}}) == Value(List{1, "x", List{}}));
  CHECK_FALSE(Value(List{1, 2}) == Value(List{2, 1}));
  CHECK_FALSE(Value(List{1}) == Value(List{1, 1}));
  const Member a{"a", {}, 1};
  const Member b{"b", {"f", 1, 1}, 2};
  const Member other_b{"b", {}, 2};
  CHECK(Value(Object{a, b}) == Value(Object{a, other_b}));
  CHECK_FALSE(Value(Object{a, b}) == Value(Object{b, a}));
  CHECK_FALSE(Value(Object{a}) == Value(Object{b}));
  CHECK_FALSE(Value(Object{}) == Value(List{}));
}

TEST_CASE("members are found by key") {
  const Value value(Object{{"first", {}, 1}, {"second", {}, "two"}});
  REQUIRE(value.find("second") != nullptr);
  CHECK(value.find("second")->text() == "two");
  CHECK(value.find("third") == nullptr);
  CHECK(Value(List{1}).find("first") == nullptr);
  CHECK(Value("first").find("first") == nullptr);
}

TEST_CASE("values are copied deeply and moved cheaply") {
  Value original(List{1, Value(Object{{"key", {}, "text"}})});
  Value copy = original;
  std::get<List>(copy.data).push_back(3);
  CHECK(original.list().size() == 2);
  CHECK(copy.list().size() == 3);
  CHECK(std::is_nothrow_move_constructible_v<Value>);
  CHECK(std::is_nothrow_move_assignable_v<Value>);
}

}  // namespace
