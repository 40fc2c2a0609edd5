#include "platform/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace waymark {
namespace {

// Seconds: Prometheus' unit for durations.
const prometheus::Histogram::BucketBoundaries kTimingBounds = {
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};

prometheus::Labels to_labels(std::string_view label, std::string_view value) {
  if (label.empty()) return {};
  return {{std::string(label), std::string(value)}};
}

}  // namespace

struct Metrics::Registry {
  prometheus::Registry series;
};

void Counter::add(double by) {
  if (counter_ != nullptr) static_cast<prometheus::Counter*>(counter_)->Increment(by);
}

double Counter::value() const {
  return counter_ == nullptr ? 0.0 : static_cast<prometheus::Counter*>(counter_)->Value();
}

void Gauge::set(double value) {
  if (gauge_ != nullptr) static_cast<prometheus::Gauge*>(gauge_)->Set(value);
}

void Gauge::add(double by) {
  if (gauge_ != nullptr) static_cast<prometheus::Gauge*>(gauge_)->Increment(by);
}

double Gauge::value() const { return gauge_ == nullptr ? 0.0 : static_cast<prometheus::Gauge*>(gauge_)->Value(); }

void Timing::record(std::chrono::nanoseconds took) {
  if (histogram_ == nullptr) return;
  static_cast<prometheus::Histogram*>(histogram_)->Observe(std::chrono::duration<double>(took).count());
}

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}
Metrics::~Metrics() = default;

Counter Metrics::counter(std::string_view name, std::string_view help, std::string_view label, std::string_view value) {
  auto& family = prometheus::BuildCounter().Name(std::string(name)).Help(std::string(help)).Register(registry_->series);
  Counter counter;
  counter.counter_ = &family.Add(to_labels(label, value));
  return counter;
}

Gauge Metrics::gauge(std::string_view name, std::string_view help, std::string_view label, std::string_view value) {
  auto& family = prometheus::BuildGauge().Name(std::string(name)).Help(std::string(help)).Register(registry_->series);
  Gauge gauge;
  gauge.gauge_ = &family.Add(to_labels(label, value));
  return gauge;
}

Timing Metrics::timing(std::string_view name, std::string_view help, std::string_view label, std::string_view value) {
  auto& family =
      prometheus::BuildHistogram().Name(std::string(name)).Help(std::string(help)).Register(registry_->series);
  Timing timing;
  timing.histogram_ = &family.Add(to_labels(label, value), kTimingBounds);
  return timing;
}

std::string Metrics::to_prometheus() const {
  return prometheus::TextSerializer{}.Serialize(registry_->series.Collect());
}

}  // namespace waymark
