#include "skein/slot_choices.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "skein/session.hpp"

namespace skein {
namespace {

/// Whether a graph, which declares no roles, has all that an operator of this role must have, and needs nothing else.
bool looks_like(const Graph& graph, const RoleSpec& role) {
  const auto fulfils = [&graph](const RolePort& port) {
    const auto own = std::ranges::find(graph.ports, port.name, &GraphPort::name);
    if (own == graph.ports.end()) return !port.required;
    return port.direction == Direction::inout || own->direction == port.direction;
  };
  const auto is_offered = [&role](const GraphPort& port) {
    return port.initial.has_value() || std::ranges::find(role.ports, port.name, &RolePort::name) != role.ports.end();
  };
  return std::ranges::any_of(role.ports, &RolePort::required) && std::ranges::all_of(role.ports, fulfils) &&
         std::ranges::all_of(graph.ports, is_offered);
}

class SlotSurvey {
 public:
  SlotSurvey(const Session& session, RunDocument document, const Problem& problem)
      : session_(session), document_(std::move(document)), problem_(problem) {
    static_cast<void>(session_.prepare(document_, found_anyway_));
  }

  [[nodiscard]] SlotChoices choices(const GraphSlot& slot) const {
    SlotChoices choices{slot.name, slot.role, slot.summary, slot.optional, slot.many, standard(slot), {}};
    for (const std::string& name : names(slot.role)) {
      Candidate candidate = tried(slot, name);
      // A graph that does not fit was never meant for the role.
      const bool is_operator = session_.registry().find_operator(name) != nullptr;
      if (candidate.fits || is_operator) choices.candidates.push_back(std::move(candidate));
    }
    return choices;
  }

 private:
  [[nodiscard]] std::vector<Offer> offers(const std::string& role) const {
    std::vector<Offer> all = problem_.offers;
    if (const EncodingSpec* encoding = session_.registry().find_encoding(problem_.encoding)) {
      all.insert(all.end(), encoding->offers.begin(), encoding->offers.end());
    }
    std::erase_if(all, [&role](const Offer& offer) { return offer.role != role; });
    return all;
  }

  [[nodiscard]] std::string standard(const GraphSlot& slot) const {
    if (slot.initial) return slot.initial->name;
    if (slot.role == "evaluator" && problem_.evaluator != nullptr) return std::string(problem_.evaluator->name);
    const auto offered = offers(slot.role);
    return slot.many || offered.empty() ? "" : offered.front().name;
  }

  [[nodiscard]] std::vector<std::string> names(const std::string& role) const {
    std::vector<std::string> names;
    const auto add = [&names](const std::string& name) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    };
    for (const Offer& offer : offers(role)) add(offer.name);
    for (const auto& entry : session_.registry().operators()) {
      if (std::ranges::find(entry.content->roles, role) != entry.content->roles.end()) add(entry.name);
    }
    const RoleSpec* contract = session_.registry().find_role(role);
    for (const auto& entry : session_.registry().graphs()) {
      if (contract != nullptr && looks_like(*entry.content, *contract)) add(entry.name);
    }
    return names;
  }

  [[nodiscard]] Candidate tried(const GraphSlot& slot, const std::string& name) const {
    RunDocument document = document_;
    std::erase_if(document.algorithm.slots, [&slot](const SlotFilling& filling) { return filling.slot == slot.name; });
    Component component;
    component.kind = Component::Kind::operation;
    component.name = name;
    SlotFilling filling;
    filling.slot = slot.name;
    filling.many = slot.many;
    filling.fillers.push_back({slot.many ? name : slot.name, std::move(component)});
    document.algorithm.slots.push_back(std::move(filling));
    Diagnostics found;
    static_cast<void>(session_.prepare(document, found));
    Candidate candidate{name, true, {}};
    for (const Diagnostic& finding : found.items()) {
      if (finding.severity == Severity::error && !is_found_anyway(finding)) candidate.findings.add(finding);
    }
    candidate.fits = !candidate.findings.has_errors();
    return candidate;
  }

  [[nodiscard]] bool is_found_anyway(const Diagnostic& finding) const {
    return std::ranges::any_of(found_anyway_.items(), [&finding](const Diagnostic& known) {
      return known.code == finding.code && known.path == finding.path && known.message == finding.message;
    });
  }

  const Session& session_;
  RunDocument document_;
  const Problem& problem_;
  Diagnostics found_anyway_;  ///< also where nothing else is chosen
};

}  // namespace

std::vector<SlotChoices> Session::slot_choices(const RunDocument& document, Diagnostics& diagnostics) const {
  const auto problem = make_problem(document.problem, diagnostics);
  const auto algorithm = document.algorithm.inline_graph != nullptr
                             ? document.algorithm.inline_graph
                             : registry_.find_graph(registry_.resolved(document.algorithm.name, ""));
  if (algorithm == nullptr) static_cast<void>(prepare(document, diagnostics));
  if (algorithm == nullptr || problem == nullptr) return {};
  const SlotSurvey survey(*this, document, *problem);
  std::vector<SlotChoices> all;
  for (const GraphSlot& slot : algorithm->slots) all.push_back(survey.choices(slot));
  return all;
}

}  // namespace skein
