#include "app/operations.hpp"

#include "platform/log.hpp"

namespace waymark::app {
namespace {

web::Response answer(Foundation& foundation, const web::Request& request) {
  if (request.method != web::Method::get && request.method != web::Method::head) {
    return web::Response::text("405 only GET\n", 405).with_header("allow", "GET, HEAD");
  }
  if (request.path == "/healthz") return web::Response::text("ok\n");
  if (request.path == "/metrics") {
    auto response = web::Response::text(foundation.metrics.to_prometheus());
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return response;
  }
  if (request.path == "/readyz") {
    try {
      foundation.database->ping();
      return web::Response::text("ready\n");
    } catch (const std::exception&) {
      return web::Response::text("the database does not answer\n", 503);
    }
  }
  return web::Response::text("404: there are /healthz, /readyz and /metrics\n", 404);
}

}  // namespace

std::unique_ptr<web::Server> make_operations_server(Foundation& foundation) {
  if (foundation.config.operations_port == 0) return nullptr;
  web::ServerOptions options;
  options.address = foundation.config.operations_address;
  options.port = static_cast<std::uint16_t>(foundation.config.operations_port);
  options.threads = 1;
  options.workers = 2;
  options.connections_max = 64;
  web::RequestHandler handler;
  handler.plan = [](web::Method, std::string_view) { return web::RequestHandler::Plan{web::Place::pool, 0}; };
  handler.handle = [&foundation](web::Request& request) { return answer(foundation, request); };
  handler.refuse = [](int status, std::string_view) {
    return web::Response::text(fmt::format("{}\n", status), status);
  };
  return std::make_unique<web::Server>(std::move(options), std::move(handler), foundation.metrics);
}

}  // namespace waymark::app
