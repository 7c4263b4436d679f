package dev.sysprims.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a running console as curl does. */
final class ConsoleClient {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI base;

	ConsoleClient(int port) {
		this.base = URI.create("http://127.0.0.1:" + port);
	}

	URI base() {
		return this.base;
	}

	Answer get(String path) throws IOException, InterruptedException {
		return send("GET", path);
	}

	Answer post(String path, String... headers) throws IOException, InterruptedException {
		return send("POST", path, headers);
	}

	Answer delete(String path, String... headers) throws IOException, InterruptedException {
		return send("DELETE", path, headers);
	}

	Answer send(String method, String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(path))
			.timeout(Duration.ofSeconds(60))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		HttpResponse<String> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		return new Answer(response);
	}

	/** Starts a preset and gives back the job's id. */
	String start(String preset) throws IOException, InterruptedException {
		return post("/jobs/" + preset).json().get("id").asString();
	}

	/**
	 * The living tree of a job as the endpoint shows it, each with its start time;
	 * without those that are gone at the second look.
	 */
	List<LiveProcess> tree(String id) throws IOException, InterruptedException {
		List<LiveProcess> tree = new ArrayList<>();
		for (JsonNode process : get("/actuator/sysprims/" + id).json().get("processes")) {
			Kernel.ifThere(process.get("pid").asLong()).ifPresent(tree::add);
		}
		return tree;
	}

	record Answer(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		JsonNode json() {
			return JSON.readTree(body());
		}

	}

}
