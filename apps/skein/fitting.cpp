#include "apps/skein/fitting.hpp"

#include <utility>
#include <vector>

#include "apps/skein/example.hpp"
#include "apps/skein/output.hpp"

namespace skein::tool {
namespace {

Object slot_object(const SlotChoices& choices) {
  List fits;
  List does_not_fit;
  for (const Candidate& candidate : choices.candidates) {
    if (candidate.fits) {
      fits.emplace_back(candidate.name);
      continue;
    }
    Object refused;
    add(refused, "name", candidate.name);
    add(refused, "findings", to_value(candidate.findings));
    does_not_fit.emplace_back(std::move(refused));
  }
  Object object;
  add(object, "slot", choices.slot);
  add(object, "role", choices.role);
  add(object, "optional", choices.optional);
  add(object, "many", choices.many);
  add(object, "default", choices.standard.empty() ? Value() : Value(choices.standard));
  add(object, "fits", std::move(fits));
  add(object, "does_not_fit", std::move(does_not_fit));
  return object;
}

}  // namespace

Value fitting_value(const Session& session, const std::string& algorithm, const std::string& problem,
                    Diagnostics& diagnostics) {
  RunDocument document;
  document.name = "what fits";
  document.algorithm.name = algorithm;
  document.problem.name = problem;
  document.problem.parameters = example_parameters(session.registry(), problem);
  const std::vector<SlotChoices> all = session.slot_choices(document, diagnostics);
  if (diagnostics.has_errors()) return {};
  List slots;
  for (const SlotChoices& choices : all) slots.emplace_back(slot_object(choices));
  return slots;
}

}  // namespace skein::tool
