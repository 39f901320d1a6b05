#include "benchmarks/objectives/shifted.hpp"

#include <stdexcept>

#include "skein/json.hpp"
#include "skein/text_file.hpp"

namespace skein::bench {
namespace {

const Value& member(const Value& object, std::string_view key) {
  const Value* found = object.is_object() ? object.find(key) : nullptr;
  if (found == nullptr) throw std::runtime_error(std::string(SKEIN_BENCH_SHIFTS) + ": there is no " + std::string(key));
  return *found;
}

}  // namespace

std::vector<ShiftedObjective> shifted_objectives() {
  Diagnostics diagnostics;
  const auto text = read_text_file(SKEIN_BENCH_SHIFTS, diagnostics);
  const auto document = text ? parse_json(*text, SKEIN_BENCH_SHIFTS, diagnostics) : std::nullopt;
  if (!document) throw std::runtime_error(to_text(diagnostics.items().front()));
  std::vector<ShiftedObjective> all;
  for (const Objective objective : all_objectives) {
    const Value& facts = member(member(*document, "functions"), facts_of(objective).name);
    ShiftedObjective shifted{objective, member(facts, "lower").number(), member(facts, "upper").number(), {}};
    for (const Value& number : member(facts, "shift").list()) shifted.shift.push_back(number.number());
    all.push_back(std::move(shifted));
  }
  return all;
}

}  // namespace skein::bench
