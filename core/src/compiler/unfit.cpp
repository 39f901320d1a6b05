// What nobody chose, a default or an offer, may not fit the problem. That is one mistake, of the choice of algorithm
// and problem, however many ports it shows at.
#include <algorithm>
#include <array>
#include <utility>

#include "compiler/expansion.hpp"
#include "documents/joined.hpp"

namespace skein::compiler {

namespace {

/// Whether this is how it shows that a component is made for other solutions or for other surroundings.
bool shows_misfit(const Diagnostic& finding, const SlotStandard& standard, const Site& site) {
  constexpr std::array<std::string_view, 6> codes = {"type-mismatch", "shape-mismatch",   "access-mismatch",
                                                     "unbound-port",  "unknown-variable", "unfit-slot"};
  if (finding.severity != Severity::error || std::ranges::find(codes, finding.code) == codes.end()) return false;
  const bool is_of_slot = finding.where.file == site.where.file && finding.where.line == site.where.line &&
                          finding.where.column == site.where.column;
  return standard.of_catalogue || is_of_slot;
}

std::string name_of(const Site& site) {
  if (site.component == nullptr) return "the problem's evaluator";
  return "'" + (site.component->name.empty() ? site.component->inline_graph->name : site.component->name) + "'";
}

}  // namespace

/// What the problem and its encoding offer for a role, but for what stands there.
std::vector<std::string> Expansion::offers_for(const std::string& role, const Site& site) const {
  std::vector<std::string> names;
  for (const std::vector<Offer>* list : {&draft_.problem.offers, &draft_.encoding.offers}) {
    for (const Offer& offer : *list) {
      const bool is_itself = site.component != nullptr && offer.name == site.component->name;
      if (offer.role == role && !is_itself) names.push_back(offer.name);
    }
  }
  return names;
}

/// Where a filler is for other solutions, those that are for these. Nothing inside of one of them, where solutions are
/// something else.
std::string Expansion::suggested_fillers(const Site& site) const {
  if (site.role == nullptr) return "";
  const std::vector<std::string> names = offers_for(site.role->name, site);
  const bool is_inside = std::ranges::any_of(
      open_graphs_, [&](const auto& graph) { return std::ranges::find(names, graph->name) != names.end(); });
  return names.empty() || is_inside ? "" : "what the problem offers: " + joined(names);
}

/// Puts one finding in the place of all that say so. Once per slot, wherever what stands in it is used.
void Expansion::state_misfit(const SlotStandard& standard, const Site& site) {
  if (checks_part_ || !diagnostics_.has_errors()) return;
  const Diagnostics found = std::exchange(diagnostics_, {});
  std::vector<std::string> reasons;
  for (const Diagnostic& finding : found.items()) {
    if (shows_misfit(finding, standard, site)) {
      reasons.push_back(finding.message + (finding.expected.empty() ? "" : " Expected " + finding.expected) +
                        (finding.found.empty() ? "" : ", found " + finding.found));
    } else {
      diagnostics_.add(finding);
    }
  }
  if (reasons.empty() || !unfit_.insert(&standard).second) return;
  const Problem& problem = draft_.problem;
  const std::vector<std::string> offers = offers_for(standard.role, site);
  const std::string by = standard.by == SlotStandard::By::graph_default ? "by default"
                         : standard.by == SlotStandard::By::offer ? "by problem '" + problem.name + "' or its encoding"
                                                                  : "by graph '" + standard.graph + "'";
  const std::string fits = offers.empty() ? "something for the role '" + standard.role +
                                                "' that works on solutions of type " + draft_.encoding.solution
                                          : "what the problem offers: " + joined(offers);
  report("unfit-slot", standard.where, standard.path,
         "Slot '" + standard.slot + "' of " + standard.owner + " is filled " + by + " with " + name_of(site) +
             ", which does not fit problem '" + problem.name + "' (encoding " + problem.encoding + ").",
         fits + (standard.optional ? ", or null" : ""),
         reasons.front() + (reasons.size() > 1 ? " (" + std::to_string(reasons.size() - 1) + " more)" : ""));
}

}  // namespace skein::compiler
