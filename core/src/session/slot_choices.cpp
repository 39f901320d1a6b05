#include "skein/slot_choices.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "skein/session.hpp"

namespace skein {
namespace {

class SlotSurvey {
 public:
  SlotSurvey(const Session& session, RunDocument document, const Problem& problem)
      : session_(session), document_(std::move(document)), problem_(problem) {}

  [[nodiscard]] SlotChoices choices(const GraphSlot& slot) const {
    SlotChoices choices{slot.name, slot.role, slot.summary, slot.optional, slot.many, standard(slot), {}};
    const Diagnostics elsewhere = findings_with(slot, {});
    for (const std::string& name : names(slot.role)) choices.candidates.push_back(tried(slot, name, elsewhere));
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
    for (const std::string& name : session_.registry().fillers(role)) add(name);
    return names;
  }

  [[nodiscard]] Candidate tried(const GraphSlot& slot, const std::string& name, const Diagnostics& elsewhere) const {
    Component component;
    component.kind = Component::Kind::operation;
    component.name = name;
    Candidate candidate{name, true, {}};
    const Diagnostics found = findings_with(slot, {slot.many ? name : slot.name, std::move(component)});
    for (const Diagnostic& finding : found.items()) {
      if (finding.severity == Severity::error && !holds(elsewhere, finding)) candidate.findings.add(finding);
    }
    candidate.fits = !candidate.findings.has_errors();
    return candidate;
  }

  /// What is found in the document with this in the slot. With nothing in it, what the slot's content is to do counts
  /// as done, so that only what is wrong elsewhere is found.
  [[nodiscard]] Diagnostics findings_with(const GraphSlot& slot, Node filler) const {
    RunDocument document = document_;
    std::erase_if(document.algorithm.slots, [&slot](const SlotFilling& filling) { return filling.slot == slot.name; });
    SlotFilling filling;
    filling.slot = slot.name;
    filling.many = slot.many;
    filling.fillers.push_back(std::move(filler));
    document.algorithm.slots.push_back(std::move(filling));
    Diagnostics found;
    static_cast<void>(session_.prepare(document, found));
    return found;
  }

  static bool holds(const Diagnostics& findings, const Diagnostic& finding) {
    return std::ranges::any_of(findings.items(), [&finding](const Diagnostic& known) {
      return known.code == finding.code && known.path == finding.path && known.message == finding.message;
    });
  }

  const Session& session_;
  RunDocument document_;
  const Problem& problem_;
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
