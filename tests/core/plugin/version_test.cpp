// Versions, ranges and lists of dependencies.
#include "plugin/version.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using skein::plugin::parse_dependencies;
using skein::plugin::parse_version;
using skein::plugin::Version;
using skein::plugin::VersionRange;

TEST_CASE("versions are up to three numbers") {
  CHECK(parse_version("1") == Version{{1, 0, 0}});
  CHECK(parse_version("1.2") == Version{{1, 2, 0}});
  CHECK(parse_version("1.2.3") == Version{{1, 2, 3}});
  CHECK(parse_version("0.0.4294967295") == Version{{0, 0, 4294967295U}});
  for (const char* text : {"", ".", "1.", ".1", "1..2", "1.2.3.", "1.2.3.4", "-1", "+1", "1.-2", " 1", "1 ", "v1",
                           "1.x", "1.0-beta", "4294967296", "1,2"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_version(text));
  }
}

TEST_CASE("versions are compared number by number") {
  CHECK(*parse_version("1.2") == *parse_version("1.2.0"));
  CHECK(*parse_version("1.10") > *parse_version("1.9"));
  CHECK(*parse_version("2") > *parse_version("1.99.99"));
  CHECK(*parse_version("0.1.1") > *parse_version("0.1"));
}

bool holds(const std::string& range, const std::string& version) {
  return VersionRange::parse(range)->holds(*parse_version(version));
}

TEST_CASE("a range holds where all of its comparisons hold") {
  CHECK(holds("", "3.1"));
  CHECK(holds("*", "3.1"));
  CHECK(holds(">=0.1 <1", "0.1"));
  CHECK(holds(">=0.1 <1", "0.9.9"));
  CHECK_FALSE(holds(">=0.1 <1", "1"));
  CHECK_FALSE(holds(">=0.1 <1", "0.0.9"));
  CHECK(holds("=1.2", "1.2.0"));
  CHECK_FALSE(holds("=1.2", "1.2.1"));
  CHECK(holds("<=1.2", "1.2"));
  CHECK_FALSE(holds("<=1.2", "1.2.1"));
  CHECK(holds(">1.2", "1.2.1"));
  CHECK_FALSE(holds(">1.2", "1.2"));
  CHECK(holds("  >= 1   < 2 ", "1.5"));
  CHECK_FALSE(holds(">2 <1", "1.5"));
}

TEST_CASE("what is no range is none") {
  for (const char* text : {"1.0", "~1.0", "^1", "==1", "=>1", "><1", "<>1", ">=", ">= <1", ">=1,<2", ">=1.x", "latest",
                           ">=1 ||", "!1", "* 1", "\t>=1"}) {
    CAPTURE(text);
    CHECK_FALSE(VersionRange::parse(text));
  }
}

TEST_CASE("dependencies are names with ranges") {
  const auto found = parse_dependencies(" real_vector >=0.1 <1 ,operators");
  REQUIRE(found);
  REQUIRE(found->size() == 2);
  CHECK(found->at(0).plugin == "real_vector");
  CHECK(found->at(0).range_text == ">=0.1 <1");
  CHECK(found->at(0).range.holds(*parse_version("0.5")));
  CHECK(found->at(1).plugin == "operators");
  CHECK(found->at(1).range_text.empty());
  CHECK(parse_dependencies("")->empty());
  CHECK(parse_dependencies("   ")->empty());
  for (const char* text : {",", "a,,b", ",a", "A", "a b", "a:b", ">=1", "a >=", "a >=x", "a; b"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_dependencies(text));
  }
}

}  // namespace
