// SlotChoices: what can fill a slot of an algorithm on a problem.
#pragma once

#include <string>
#include <vector>

#include "skein/diagnostic.hpp"

namespace skein {

/// An operator or a graph that is meant for the role of a slot.
struct Candidate {
  std::string name;
  bool fits = false;
  Diagnostics findings;  ///< why it does not fit
};

/// A slot, and all that is loaded for its role: first what the problem offers, then what its encoding offers, then the
/// rest in the order in which it was registered. A value: to change it changes nothing else.
struct SlotChoices {
  std::string slot;
  std::string role;
  std::string summary;
  bool optional = false;
  bool many = false;
  std::string standard;  ///< what fills it when nothing is said; empty: nothing
  std::vector<Candidate> candidates;
};

}  // namespace skein
