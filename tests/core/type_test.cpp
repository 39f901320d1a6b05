#include "skein/type.hpp"

#include <doctest/doctest.h>

namespace skein {
namespace {

TEST_CASE("types are read and written") {
  for (const char* text : {"real", "real[n]", "real[n,d]", "index<swarm>[n,k]", "T[n]", "solution", "integer[3]",
                           "neighborhood<swarm>", "binary[m,d]", "real[d,12]"}) {
    CAPTURE(text);
    const auto type = parse_type(text);
    REQUIRE(type);
    CHECK(to_text(*type) == text);
  }
  CHECK(to_text(*parse_type("real[n, d]")) == "real[n,d]");
}

TEST_CASE("texts that are no types are refused") {
  for (const char* text : {"",
                           "Real",
                           "real[",
                           "real]",
                           "real[]",
                           "real[n,]",
                           "real[,n]",
                           "real[d,n]",
                           "real[n,m]",
                           "real[0]",
                           "real[n]]",
                           "index<>[n]",
                           "index<swarm[n]",
                           "index<a><b>",
                           "TT[n]",
                           "real [n]",
                           "real[-1]",
                           "3",
                           "real[n][d]",
                           "[n]",
                           "<a>"}) {
    CAPTURE(text);
    CHECK(!parse_type(text));
  }
}

TEST_CASE("types know what they are") {
  CHECK(parse_type("T[n]")->is_variable());
  CHECK(parse_type("solution[n]")->is_variable());
  CHECK(!parse_type("real[n]")->is_variable());
  CHECK(parse_type("real[n,d]")->is_column());
  CHECK(parse_type("real[m,d]")->is_column());
  CHECK(!parse_type("real[d]")->is_column());
  CHECK(parse_type("index<swarm>[n]")->argument == "swarm");
}

TEST_CASE("elements have names and sizes") {
  CHECK(element_name(Element::real) == "real");
  CHECK(element_name(Element::index) == "index");
  CHECK(element_bytes(Element::real) == sizeof(double));
  CHECK(element_bytes(Element::integer) == sizeof(std::int64_t));
  CHECK(element_bytes(Element::binary) == 1);
  CHECK(element_bytes(Element::boolean) == 1);
  CHECK(element_bytes(Element::index) == sizeof(std::uint32_t));
}

}  // namespace
}  // namespace skein
