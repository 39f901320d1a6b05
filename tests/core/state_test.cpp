// Columns, slots and populations: how variables lie in memory.
#include <doctest/doctest.h>

#include <cstring>
#include <limits>

#include "state/population.hpp"
#include "state/slot.hpp"

namespace skein {
namespace {

Part part(std::size_t width, Element element = Element::real) { return {element, width, no_population}; }

PlanVariable column(std::vector<Part> parts, std::vector<double> initial) {
  PlanVariable variable;
  variable.name = "swarm.x";
  variable.population = 0;
  variable.parts = std::move(parts);
  variable.initial = std::move(initial);
  return variable;
}

template <class T>
T element(const ColumnView& view, std::size_t row, std::size_t index) {
  T value;
  std::memcpy(&value, view.data + row * view.row_bytes + index * sizeof(T), sizeof value);
  return value;
}

TEST_CASE("rows start on a cache line where that costs at most an eighth") {
  CHECK(row_stride(part(1)) == 8);
  CHECK(row_stride(part(2)) == 16);
  CHECK(row_stride(part(7)) == 56);  // a seventh
  CHECK(row_stride(part(8)) == 64);
  CHECK(row_stride(part(30)) == 256);  // 16 of 240 bytes
  CHECK(row_stride(part(33)) == 264);
  CHECK(row_stride(part(100)) == 832);
  CHECK(row_stride(part(60, Element::binary)) == 64);
  CHECK(row_stride(part(20, Element::index)) == 80);
}

TEST_CASE("columns are aligned and their padding is zero") {
  const PlanVariable variable = column({part(30), part(3, Element::index)}, {1.5});
  const Slot slot(variable, 5);
  REQUIRE(slot.parts().size() == 2);
  const ColumnView& view = slot.parts()[0];
  CHECK(reinterpret_cast<std::uintptr_t>(view.data) % 64 == 0);
  CHECK(reinterpret_cast<std::uintptr_t>(slot.parts()[1].data) % 64 == 0);
  for (std::size_t row = 0; row < 5; ++row) {
    CHECK(element<double>(view, row, 0) == 1.5);
    CHECK(element<double>(view, row, 29) == 1.5);
    CHECK(element<std::uint64_t>(view, row, 30) == 0);
    CHECK(element<std::uint64_t>(view, row, 31) == 0);
  }
}

TEST_CASE("initial values go cell by cell over all parts") {
  const PlanVariable variable =
      column({part(2), part(1, Element::integer), part(2, Element::index), part(1, Element::boolean)},
             {1.0, -2.5, 1e300, -1.0, 4.0, 2.0});
  const Slot slot(variable, 2);
  for (std::size_t row = 0; row < 2; ++row) {
    CHECK(element<double>(slot.parts()[0], row, 1) == -2.5);
    CHECK(element<std::int64_t>(slot.parts()[1], row, 0) == std::numeric_limits<std::int64_t>::max());
    CHECK(element<std::uint32_t>(slot.parts()[2], row, 0) == no_row);
    CHECK(element<std::uint32_t>(slot.parts()[2], row, 1) == 4);
    CHECK(element<std::uint8_t>(slot.parts()[3], row, 0) == 1);
  }
}

TEST_CASE("a global serves every row") {
  PlanVariable variable = column({part(3)}, {2.0});
  variable.population = no_population;
  const Slot slot(variable, 1);
  CHECK(slot.parts()[0].row_bytes == 0);
  CHECK(element<double>(slot.parts()[0], 0, 2) == 2.0);
}

TEST_CASE("a shadow is exchanged with the content, and rows that show it follow") {
  const PlanVariable variable = column({part(2)}, {3.0});
  PlanVariable row_variable = variable;
  row_variable.population = no_population;
  Slot slot(variable, 4);
  slot.reserve_shadow();
  Slot row(row_variable, slot);
  row.show_row(2);
  const ColumnView* const address = slot.parts().data();
  const double value = 7.0;
  std::memcpy(slot.shadow_parts()[0].data + 2 * 16, &value, sizeof value);
  slot.commit_shadow();
  CHECK(slot.parts().data() == address);
  CHECK(element<double>(slot.parts()[0], 2, 0) == 7.0);
  CHECK(element<double>(row.parts()[0], 0, 0) == 7.0);
}

TEST_CASE("the shadow of a row is copied back") {
  const PlanVariable variable = column({part(2)}, {3.0});
  PlanVariable row_variable = variable;
  row_variable.population = no_population;
  Slot slot(variable, 4);
  Slot row(row_variable, slot);
  row.reserve_shadow();
  row.show_row(1);
  const double value = 7.0;
  std::memcpy(row.shadow_parts()[0].data, &value, sizeof value);
  CHECK(element<double>(slot.parts()[0], 1, 0) == 3.0);
  row.commit_shadow();
  CHECK(element<double>(slot.parts()[0], 1, 0) == 7.0);
  CHECK(element<double>(slot.parts()[0], 0, 0) == 3.0);
}

TEST_CASE("populations with the same columns reserve the same rows") {
  Plan plan;
  plan.populations = {{"a", 3, 5}, {"b", 9, 0}, {"c", 2, 2}};
  for (std::size_t i = 0; i < 3; ++i) {
    PlanVariable variable = column({part(i == 2 ? 4 : 3)}, {0.0});
    variable.name = plan.populations[i].name + ".x";
    variable.population = i;
    plan.variables.push_back(variable);
  }
  CHECK(population_signature(plan, 0) == population_signature(plan, 1));
  CHECK(population_signature(plan, 0) != population_signature(plan, 2));
  CHECK(reserved_rows(plan, 0) == 9);
  CHECK(reserved_rows(plan, 1) == 9);
  CHECK(reserved_rows(plan, 2) == 2);
}

}  // namespace
}  // namespace skein
