// Handles: from names to places in a plan, and to the content behind them.
#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>
#include <utility>

#include "documents/joined.hpp"
#include "run/run_access.hpp"
#include "skein/run.hpp"

namespace skein {
namespace {

void add_names(const Frame& frame, const std::string& prefix, std::vector<std::string>& names) {
  for (const PlanVariable& variable : frame.plan->variables) names.push_back(prefix + variable.name);
  for (const PlanStep& step : frame.plan->steps) {
    if (step.kind != PlanStep::Kind::children) continue;
    const ChildFrames& frames = frame.children[step.child];
    for (std::size_t i = 0; i < frames.count(); ++i) {
      add_names(*frames.frames[i], prefix + step.path + "[" + std::to_string(i) + "]/", names);
    }
  }
}

/// Looks in the frame, then in the frame below that the name begins with.
bool find(const Frame& frame, std::string_view name, VariablePlace& place) {
  const auto& variables = frame.plan->variables;
  const auto own = std::ranges::find(variables, name, &PlanVariable::name);
  if (own != variables.end()) {
    place.variable = static_cast<std::size_t>(own - variables.begin());
    return true;
  }
  for (const PlanStep& step : frame.plan->steps) {
    if (step.kind != PlanStep::Kind::children || !name.starts_with(step.path + "[")) continue;
    const std::string_view rest = name.substr(step.path.size() + 1);
    std::size_t instance = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), instance);
    const std::string_view inner = rest.substr(static_cast<std::size_t>(end - rest.data()));
    if (error != std::errc{} || !inner.starts_with("]/") || instance >= frame.children[step.child].count()) continue;
    place.frames.push_back({step.child, instance});
    if (find(*frame.children[step.child].frames[instance], inner.substr(2), place)) return true;
    place.frames.pop_back();
  }
  return false;
}

const Frame& frame_of(const Frame& root, const VariablePlace& place) {
  const Frame* frame = &root;
  for (const VariablePlace::Below& below : place.frames)
    frame = frame->children[below.child].frames[below.instance].get();
  return *frame;
}

/// Also where the first is gone.
bool is_same_plan(const std::weak_ptr<const Plan>& first, const std::shared_ptr<const Plan>& second) {
  return !first.owner_before(second) && !second.owner_before(first);
}

std::string wanted(const HandleKind& kind) {
  if (kind.is_object) return "the object " + std::string(kind.object_type);
  return kind.is_truth ? "binary or boolean" : std::string(element_name(kind.element));
}

std::string kind_text(const Slot& slot) {
  if (slot.object() != nullptr) return "the object " + std::string(slot.object()->type_name());
  if (slot.parts().size() != 1) return "a solution of " + std::to_string(slot.parts().size()) + " parts";
  return std::string(element_name(slot.parts()[0].element));
}

bool fits(const Slot& slot, const HandleKind& kind) {
  if (kind.is_object) return slot.object() != nullptr && slot.object()->type_name() == kind.object_type;
  if (slot.object() != nullptr || slot.parts().size() != 1) return false;
  const Element element = slot.parts()[0].element;
  return kind.is_truth ? element == Element::binary || element == Element::boolean : element == kind.element;
}

}  // namespace

std::optional<VariablePlace> Run::find_place(std::string_view name, HandleKind kind, Diagnostics& diagnostics) const {
  const Frame& root = *state_->root;
  VariablePlace place;
  place.plan = state_->plan;
  Diagnostic diagnostic;
  diagnostic.path = name;
  diagnostic.found = "'" + std::string(name) + "'";
  if (!find(root, name, place)) {
    std::vector<std::string> names;
    add_names(root, "", names);
    diagnostic.code = "unknown-variable";
    diagnostic.message = "There is no variable '" + std::string(name) + "' in this run.";
    diagnostic.suggestion = nearest_name(name, names);
    if (diagnostic.suggestion.empty()) diagnostic.expected = joined(names);
    diagnostics.add(std::move(diagnostic));
    return std::nullopt;
  }
  const Slot& slot = *frame_of(root, place).slots[place.variable];
  if (fits(slot, kind)) return place;
  diagnostic.code = "wrong-type";
  diagnostic.message = "The variable '" + std::string(name) + "' does not hold what the handle is for.";
  diagnostic.expected = wanted(kind);
  diagnostic.found = kind_text(slot);
  diagnostics.add(std::move(diagnostic));
  return std::nullopt;
}

VariablePlace Run::find_place(std::string_view name, HandleKind kind) const {
  Diagnostics diagnostics;
  auto place = find_place(name, kind, diagnostics);
  if (!place) throw std::invalid_argument(to_text(diagnostics.items().front()));
  return *std::move(place);
}

PortView Run::view_of(const VariablePlace& place) const {
  if (!is_same_plan(place.plan, state_->plan)) throw std::invalid_argument("a handle of another plan than this run's");
  const Frame& frame = frame_of(*state_->root, place);
  PortView view;
  view.bound = true;
  view.parts = frame.slots[place.variable]->parts().data();
  view.part_count = frame.slots[place.variable]->parts().size();
  view.rows = frame.rows_of(place.variable);
  view.object = frame.slots[place.variable]->object();
  return view;
}

}  // namespace skein
