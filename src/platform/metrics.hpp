// Counters and timings, shown at /metrics in the Prometheus text format (prometheus-cpp behind this header). Cheap
// enough for every request. Labels are constants of the code (route patterns, query names), never what a person sent.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace waymark {

class Counter {
 public:
  void add(double by = 1);
  double value() const;

 private:
  friend class Metrics;
  void* counter_ = nullptr;
};

class Gauge {
 public:
  void set(double value);
  void add(double by);
  double value() const;

 private:
  friend class Metrics;
  void* gauge_ = nullptr;
};

// Durations in fixed bounds: 50 µs, 100 µs, 250 µs, 500 µs, 1 ms … 10 s.
class Timing {
 public:
  void record(std::chrono::nanoseconds took);

 private:
  friend class Metrics;
  void* histogram_ = nullptr;
};

// The handles stay valid as long as the registry; look one up once and keep it. The same name and label value give the
// same series. `label` empty: a series without labels.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Counter counter(std::string_view name, std::string_view help, std::string_view label = {},
                  std::string_view value = {});
  Gauge gauge(std::string_view name, std::string_view help, std::string_view label = {}, std::string_view value = {});
  Timing timing(std::string_view name, std::string_view help, std::string_view label = {}, std::string_view value = {});
  std::string to_prometheus() const;

 private:
  struct Registry;
  std::unique_ptr<Registry> registry_;
};

}  // namespace waymark
