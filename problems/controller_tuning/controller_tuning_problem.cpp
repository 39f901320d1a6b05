#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "problems/controller_tuning/all.hpp"
#include "problems/controller_tuning/tuning_objectives.hpp"
#include "skein/declared_parameter.hpp"
#include "skein/encodings/real_vector_parameters.hpp"
#include "skein/problems/controller_tuning.hpp"

namespace skein {
namespace {

using Read = void (*)(ControllerTuning& tuning, const Value& value);

/// A parameter of the problem, and where it goes.
struct Entry {
  ParameterSpec spec;
  Read read = nullptr;  ///< null: read by `create`
};

Entry entry(std::string_view name, std::string_view initial, std::string_view unit, std::string_view summary,
            Read read) {
  Entry made;
  made.spec.name = name;
  made.spec.summary = summary;
  made.spec.initial = initial;
  made.spec.unit = unit;
  made.read = read;
  return made;
}

Entry positive(std::string_view name, std::string_view initial, std::string_view unit, std::string_view summary,
               Read read) {
  Entry made = entry(name, initial, unit, summary, read);
  made.spec.minimum = 0;
  made.spec.exclusive_minimum = true;
  return made;
}

Entry not_negative(std::string_view name, std::string_view initial, std::string_view unit, std::string_view summary,
                   Read read) {
  Entry made = entry(name, initial, unit, summary, read);
  made.spec.minimum = 0;
  return made;
}

Entry choice(std::string_view name, std::string_view choices, std::string_view summary, Read read) {
  Entry made = entry(name, choices.substr(0, choices.find('|')), "", summary, read);
  made.spec.type = ParameterType::choice;
  made.spec.choices = choices;
  return made;
}

Entry count(std::string_view name, std::string_view initial, double smallest, double largest, std::string_view summary,
            Read read) {
  Entry made = entry(name, initial, "", summary, read);
  made.spec.type = ParameterType::integer;
  made.spec.minimum = smallest;
  made.spec.maximum = largest;
  return made;
}

constexpr std::string_view equations = "lagrangian|simplified|full|full_with_friction";
constexpr std::string_view integrators = "euler|runge_kutta";
constexpr std::string_view controllers = "sliding_mode|super_twisting|adaptive|hybrid";
constexpr std::string_view penalties = "graded|proportional";

/// The enumerator of a choice: they are numbered in the order of the choices.
template <class Enum>
Enum enumerator(std::string_view choices, const Value& value) {
  return static_cast<Enum>(detail::choice_index(choices, value.text()));
}

void add_controller(std::vector<Entry>& entries) {
  entries.push_back(
      choice("controller", controllers,
             "the law whose gains are sought: k1, k2, l1, l2, K, kd; K1, K2, k1, k2, l1, l2; k1, k2, l1, l2, "
             "gamma; c1, l1, c2, l2",
             [](ControllerTuning& tuning, const Value& value) {
               tuning.law.kind = enumerator<ControllerKind>(controllers, value);
             }));
  Entry cart_terms = entry(
      "cart_terms", "true", "", "whether the last two gains are a and b, weights of the cart's position and velocity",
      [](ControllerTuning& tuning, const Value& value) { tuning.law.cart_terms = value.boolean(); });
  cart_terms.spec.type = ParameterType::boolean;
  entries.push_back(cart_terms);
  entries.push_back(positive("maximum_force", "150", "N", "forces are limited to this size",
                             [](ControllerTuning& tuning, const Value& value) {
                               tuning.law.maximum_force = value.number();
                               tuning.settings.maximum_force = value.number();
                             }));
  entries.push_back(
      positive("boundary_layer", "0.3", "", "width of the layer around sigma = 0 in which the switching is soft",
               [](ControllerTuning& tuning, const Value& value) { tuning.law.boundary_layer = value.number(); }));
  Entry lower;
  lower.spec = lower_bound_spec("[]");
  lower.spec.summary = "lower bound: a number for all gains or a list with one each; empty: those of the controller";
  lower.read = [](ControllerTuning& tuning, const Value& value) { tuning.lower = numbers_of(value); };
  entries.push_back(lower);
  Entry upper;
  upper.spec = upper_bound_spec("[]");
  upper.spec.summary = "upper bound, >= lower: a number for all gains or a list with one each; empty: the controller's";
  upper.read = [](ControllerTuning& tuning, const Value& value) { tuning.upper = numbers_of(value); };
  entries.push_back(upper);
}

void add_simulation(std::vector<Entry>& entries) {
  entries.push_back(
      choice("plant", equations, "the equations of motion", [](ControllerTuning& tuning, const Value& value) {
        tuning.settings.plant.equations = enumerator<PendulumEquations>(equations, value);
      }));
  entries.push_back(
      choice("integrator", integrators, "how a step is taken", [](ControllerTuning& tuning, const Value& value) {
        tuning.settings.integrator = enumerator<Integrator>(integrators, value);
      }));
  entries.push_back(
      positive("step", "0.01", "s", "of the integrator; the controller acts once per step",
               [](ControllerTuning& tuning, const Value& value) { tuning.settings.step = value.number(); }));
  entries.push_back(positive("horizon", "10", "s", "how long is simulated, rounded to whole steps", nullptr));
  Entry start = entry("start", "[0, 0.05, -0.03, 0, 0, 0]", "",
                      "position, first and second angle, velocity, first and second rate at the start", nullptr);
  start.spec.type = ParameterType::reals;
  entries.push_back(start);
}

void add_cost(std::vector<Entry>& entries) {
  using T = ControllerTuning;
  entries.push_back(not_negative("state_weight", "1", "", "weight of the integral of |x|^2",
                                 [](T& t, const Value& v) { t.settings.weights.state_error = v.number(); }));
  entries.push_back(not_negative("effort_weight", "0.1", "", "weight of the integral of u^2",
                                 [](T& t, const Value& v) { t.settings.weights.control_effort = v.number(); }));
  entries.push_back(not_negative("rate_weight", "0.01", "", "weight of the sum of squared changes of u, times the step",
                                 [](T& t, const Value& v) { t.settings.weights.control_rate = v.number(); }));
  entries.push_back(not_negative("sliding_weight", "0.1", "", "weight of the integral of sigma^2",
                                 [](T& t, const Value& v) { t.settings.weights.sliding_energy = v.number(); }));
  entries.push_back(positive("state_norm", "10", "", "what the integral of |x|^2 is divided by",
                             [](T& t, const Value& v) { t.settings.weights.state_error_norm = v.number(); }));
  entries.push_back(positive("effort_norm", "100", "", "what the integral of u^2 is divided by",
                             [](T& t, const Value& v) { t.settings.weights.control_effort_norm = v.number(); }));
  entries.push_back(positive("rate_norm", "1000", "", "what the sum of squared changes of u is divided by",
                             [](T& t, const Value& v) { t.settings.weights.control_rate_norm = v.number(); }));
  entries.push_back(positive("sliding_norm", "1", "", "what the integral of sigma^2 is divided by",
                             [](T& t, const Value& v) { t.settings.weights.sliding_energy_norm = v.number(); }));
  entries.push_back(
      choice("penalty", penalties,
             "what a fall costs: more than all that stays upright and less the later it comes, or in "
             "proportion to the time that is left; in each plant and scenario by itself",
             [](T& t, const Value& v) { t.settings.weights.penalty = enumerator<FallPenalty>(penalties, v); }));
  entries.push_back(positive("fall_penalty", "100", "", "the size of the penalty",
                             [](T& t, const Value& v) { t.settings.weights.fall = v.number(); }));
  Entry objectives = entry("objectives", R"(["cost"])", "",
                           "what is minimized: cost, or its components state_error, control_effort, control_rate and "
                           "sliding_energy with their weights and norms; several of them make a front",
                           nullptr);
  objectives.spec.type = ParameterType::any;
  entries.push_back(objectives);
}

void add_robustness(std::vector<Entry>& entries) {
  using T = ControllerTuning;
  const auto below_one = [](Entry made) {
    made.spec.maximum = 0.99;
    return made;
  };
  entries.push_back(count("plants", "1", 1, 1000, "how many plants are simulated: the given one, others are drawn",
                          [](T& t, const Value& v) { t.robustness.plants = size_of(v); }));
  entries.push_back(count("scenarios", "1", 1, 1000,
                          "how many starts are simulated with each plant: 1 for the given one, or drawn ones",
                          [](T& t, const Value& v) { t.robustness.scenarios = size_of(v); }));
  entries.push_back(below_one(not_negative(
      "uncertainty", "0.05", "", "relative half-width of masses, lengths, centres and inertias of drawn plants",
      [](T& t, const Value& v) { t.robustness.uncertainty = v.number(); })));
  entries.push_back(
      below_one(not_negative("gravity_uncertainty", "0", "", "relative half-width of gravity of drawn plants",
                             [](T& t, const Value& v) { t.robustness.gravity_uncertainty = v.number(); })));
  entries.push_back(
      below_one(not_negative("friction_uncertainty", "0.1", "", "relative half-width of frictions of drawn plants",
                             [](T& t, const Value& v) { t.robustness.friction_uncertainty = v.number(); })));
  entries.push_back(count("draw_seed", "0", 0, 9007199254740992.0,
                          "of what is drawn, which is the same for all evaluations and runs",
                          [](T& t, const Value& v) { t.robustness.seed = size_of(v); }));
  entries.push_back(not_negative("mean_weight", "0.7", "", "weight of the mean over plants and scenarios",
                                 [](T& t, const Value& v) { t.robustness.mean_weight = v.number(); }));
  entries.push_back(not_negative("maximum_weight", "0.3", "", "weight of the maximum over plants and scenarios",
                                 [](T& t, const Value& v) { t.robustness.maximum_weight = v.number(); }));
}

/// A parameter for a number of the plant.
template <double PendulumParameters::*member>
Entry of_plant(std::string_view name, std::string_view initial, std::string_view unit, std::string_view summary) {
  return entry(name, initial, unit, summary, [](ControllerTuning& tuning, const Value& value) {
    tuning.settings.plant.parameters.*member = value.number();
  });
}

void add_plant(std::vector<Entry>& entries) {
  using P = PendulumParameters;
  entries.push_back(of_plant<&P::cart_mass>("cart_mass", "1.5", "kg", "mass of the cart"));
  entries.push_back(of_plant<&P::first_mass>("first_mass", "0.2", "kg", "mass of the first link"));
  entries.push_back(of_plant<&P::second_mass>("second_mass", "0.15", "kg", "mass of the second link"));
  entries.push_back(of_plant<&P::first_length>("first_length", "0.4", "m", "from the cart to the second joint"));
  entries.push_back(of_plant<&P::second_length>("second_length", "0.3", "m", "length of the second link"));
  entries.push_back(of_plant<&P::first_center>("first_center", "0.2", "m", "from the cart to the centre of mass"));
  entries.push_back(
      of_plant<&P::second_center>("second_center", "0.15", "m", "from the second joint to the centre of mass"));
  entries.push_back(
      of_plant<&P::first_inertia>("first_inertia", "0.0081", "kg m^2", "of the first link about its centre of mass"));
  entries.push_back(of_plant<&P::second_inertia>("second_inertia", "0.0034", "kg m^2",
                                                 "of the second link about its centre of mass"));
  entries.push_back(of_plant<&P::gravity>("gravity", "9.81", "m/s^2", "acceleration of what falls"));
  entries.push_back(of_plant<&P::cart_friction>("cart_friction", "0.2", "N s/m", "viscous friction of the cart"));
  entries.push_back(
      of_plant<&P::first_friction>("first_friction", "0.005", "N m s/rad", "viscous friction of the first joint"));
  entries.push_back(
      of_plant<&P::second_friction>("second_friction", "0.004", "N m s/rad", "viscous friction of the second joint"));
}

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = [] {
    std::vector<Entry> made;
    add_controller(made);
    add_simulation(made);
    add_cost(made);
    add_robustness(made);
    add_plant(made);
    return made;
  }();
  return all;
}

void read_horizon(ControllerTuning& tuning, const Value& value, Diagnostics& diagnostics) {
  constexpr double most_steps = 1e7;
  const double steps = std::nearbyint(value.number() / tuning.settings.step);
  if (steps <= most_steps) {
    tuning.settings.steps = static_cast<std::size_t>(steps);
    return;
  }
  diagnostics.add({"bad-tuning", Severity::error, value.where, "parameters/horizon", "The horizon has too many steps.",
                   "at most 1e7 steps", "", ""});
}

void read_start(ControllerTuning& tuning, const Value& value, Diagnostics& diagnostics) {
  const std::vector<double> x = numbers_of(value);
  if (x.size() == 6) {
    tuning.settings.start = {x[0], x[1], x[2], x[3], x[4], x[5]};
    return;
  }
  diagnostics.add({"bad-tuning", Severity::error, value.where, "parameters/start",
                   "A start has six numbers: position, first and second angle, velocity, first and second rate.",
                   "6 numbers", std::to_string(x.size()), ""});
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  ControllerTuning tuning;
  tuning.name = spec.name;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Entry& entry = entries()[i];
    if (entry.read != nullptr) entry.read(tuning, parameters[i]);
    if (entry.spec.name == "horizon") read_horizon(tuning, parameters[i], diagnostics);
    if (entry.spec.name == "start") read_start(tuning, parameters[i], diagnostics);
    if (entry.spec.name == "objectives") tuning.objectives = tuning_objectives(parameters[i], diagnostics);
  }
  auto problem = make_controller_tuning(std::move(tuning), diagnostics);
  return diagnostics.error_count() == before ? problem : nullptr;
}

}  // namespace

ProblemSpec controller_tuning_problem() {
  ProblemSpec spec;
  spec.name = "controller_tuning";
  spec.summary = "gains with which a controller keeps a double inverted pendulum on a cart upright";
  spec.source =
      "Utkin, Variable structure systems with sliding modes (1977); Levant, Sliding order and sliding accuracy "
      "in sliding mode control (1993)";
  spec.encoding = "real_vector";
  for (const Entry& entry : entries()) spec.parameters.push_back(entry.spec);
  spec.create = &create;
  return spec;
}

}  // namespace skein
