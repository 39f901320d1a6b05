#include "core/src/contract/numbers.hpp"
#include "skein/problems/pendulum_controllers.hpp"
#include "tests/problems/controller_tuning/reference.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

double clip(double x, double low, double high) { return std::min(std::max(x, low), high); }

/// The laws as the literature writes them, with the signs of this pendulum.
class Plain {
 public:
  Plain(ControllerLaw law, std::vector<double> gains) : law_(law), g_(std::move(gains)) {
    const bool has_cart = law.cart_terms;
    const double without = law.kind == ControllerKind::hybrid ? 0.5 : 0;
    a_ = has_cart ? g_[g_.size() - 2] : without;
    b_ = has_cart ? g_[g_.size() - 1] : without;
  }

  ControlAction act(const PendulumState& x, double h) {
    switch (law_.kind) {
      case ControllerKind::sliding_mode: {
        const double sigma = -(g_[2] * x.first_angle + g_[0] * x.first_rate) +
                             (g_[3] * x.second_angle + g_[1] * x.second_rate) + a_ * x.position + b_ * x.velocity;
        return {limited(-g_[4] * saturated(sigma) - g_[5] * sigma), sigma};
      }
      case ControllerKind::super_twisting: {
        const double sigma = surface(x, g_[2], g_[4], g_[3], g_[5]);
        const double raw = -g_[0] * std::sqrt(std::abs(sigma)) * saturated(sigma) + z_ - sigma;
        const double u = limited(raw);
        z_ = limited(z_ + h * (-g_[1] * saturated(sigma) + (u - raw)));
        return {u, sigma};
      }
      case ControllerKind::adaptive: {
        const double sigma = surface(x, g_[0], g_[2], g_[1], g_[3]);
        const double u = limited(-k_ * saturated(sigma) - 0.5 * sigma);
        if (std::abs(sigma) > 0.05) {
          k_ = clip(k_ + h * clip(g_[4] * std::abs(sigma) - 0.01 * (k_ - 10), -10, 10), 0.1, 100);
        }
        return {u, sigma};
      }
      case ControllerKind::hybrid: {
        const double sigma = surface(x, g_[0], g_[1], g_[2], g_[3]);
        const double raw = -k1_ * std::sqrt(std::abs(sigma)) * saturated(sigma) + z_ - 3 * sigma;
        const double u = limited(raw);
        z_ = limited(z_ + h * (-k2_ * saturated(sigma) + (u - raw)));
        if (std::abs(sigma) > 0.05) {
          k1_ = clip(k1_ + h * (10 * std::abs(sigma) - 0.1 * (k1_ - 4)), 0, 50);
          k2_ = clip(k2_ + h * (5 * std::abs(sigma) - 0.1 * (k2_ - 0.4)), 0, 50);
        }
        return {u, sigma};
      }
    }
    return {};
  }

 private:
  [[nodiscard]] double surface(const PendulumState& x, double k1, double l1, double k2, double l2) const {
    return -k1 * (x.first_rate + l1 * x.first_angle) + k2 * (x.second_rate + l2 * x.second_angle) + a_ * x.position +
           b_ * x.velocity;
  }
  [[nodiscard]] double saturated(double sigma) const { return std::tanh(sigma / (3 * law_.boundary_layer)); }
  [[nodiscard]] double limited(double u) const { return clip(u, -law_.maximum_force, law_.maximum_force); }

  ControllerLaw law_;
  std::vector<double> g_;
  double a_ = 0, b_ = 0;
  double z_ = 0, k_ = 10, k1_ = 4, k2_ = 0.4;
};

std::vector<double> some_gains(const ControllerLaw& law, std::uint64_t seed) {
  const std::vector<Gain> gains = gains_of(law);
  std::vector<double> values = some_numbers(gains.size(), 0, 1, seed);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = gains[i].lower + values[i] * (gains[i].upper - gains[i].lower);
  }
  return values;
}

constexpr std::array<ControllerKind, 4> kinds = {ControllerKind::sliding_mode, ControllerKind::super_twisting,
                                                 ControllerKind::adaptive, ControllerKind::hybrid};

}  // namespace

TEST_CASE("controllers follow their formulas, from small to large states") {
  for (const ControllerKind kind : kinds) {
    for (const bool cart_terms : {true, false}) {
      CAPTURE(static_cast<int>(kind));
      CAPTURE(cart_terms);
      for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const ControllerLaw law{kind, cart_terms, seed % 2 == 0 ? 150.0 : 20.0, seed % 3 == 0 ? 0.3 : 0.05};
        const std::vector<double> gains = some_gains(law, seed);
        const auto controller = make_controller(law, gains);
        Plain plain(law, gains);
        // A memory has to come to its limits, too.
        const double size = std::array{1e-3, 0.05, 1.0}[seed % 3];
        const std::vector<double> states = some_numbers(6 * 600, -size, size, seed + 100);
        for (std::size_t i = 0; i < states.size(); i += 6) {
          const PendulumState x{states[i],     states[i + 1], states[i + 2],
                                states[i + 3], states[i + 4], states[i + 5] + (i > 1800 ? size : 0)};
          const ControlAction found = controller->act(x, 0.01);
          const ControlAction expected = plain.act(x, 0.01);
          REQUIRE(found.surface == doctest::Approx(expected.surface).epsilon(1e-12));
          REQUIRE(std::abs(found.force - expected.force) <= 1e-11 * std::max(1.0, std::abs(expected.force)));
        }
      }
    }
  }
}

TEST_CASE("gains have names and ranges, two less without the cart") {
  constexpr std::array<std::size_t, 4> counts = {8, 8, 7, 6};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::vector<Gain> gains = gains_of({kinds[i], true});
    CHECK(gains.size() == counts[i]);
    CHECK(gains_of({kinds[i], false}).size() == counts[i] - 2);
    CHECK(gains[counts[i] - 2].name == "a");
    CHECK(gains[counts[i] - 1].name == "b");
    for (const Gain& gain : gains) {
      CHECK(gain.lower > 0);
      CHECK(gain.lower < gain.upper);
      CHECK_FALSE(gain.summary.empty());
      CHECK(std::ranges::count(gains, gain.name, &Gain::name) == 1);
    }
  }
}

TEST_CASE("a controller refuses another number of gains than its own") {
  CHECK_THROWS_WITH(static_cast<void>(make_controller({}, std::vector<double>(6, 1.0))),
                    "This controller has 8 gains, not 6.");
  CHECK_NOTHROW(static_cast<void>(make_controller({ControllerKind::hybrid, false}, std::vector<double>(4, 1.0))));
}

TEST_CASE("the integral of super-twisting controllers does not wind up") {
  const ControllerLaw law{ControllerKind::super_twisting, false, 10.0, 0.3};
  const auto controller = make_controller(law, std::vector<double>{1, 30, 1, 1, 1, 1});
  const PendulumState far{0, 0, 1, 0, 0, 20};
  for (int i = 0; i < 10000; ++i) CHECK(controller->act(far, 0.01).force == -10);
  // Within a few steps on the other side the force has the other sign.
  int steps = 0;
  while (controller->act({0, 0, -1, 0, 0, -20}, 0.01).force < 0) ++steps;
  CHECK(steps < 100);
}
