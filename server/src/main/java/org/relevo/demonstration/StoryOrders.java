package org.relevo.demonstration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Turns the story's orders into a document as a shop would push it: every relative time becomes a real one. */
record StoryOrders(JsonMapper json, StoryTime time) {

    byte[] document(JsonNode orders) {
        var copy = orders.deepCopy();
        for (var order : copy.get("orders")) {
            instant(order, "placedAt");
            instant(order, "updatedAt");
            for (var shipment : order.get("shipments")) {
                day(shipment, "promisedOn");
                shipment.get("steps").forEach(step -> instant(step, "at"));
            }
        }
        return json.writeValueAsBytes(copy);
    }

    private void instant(JsonNode node, String field) {
        if (node instanceof ObjectNode object && object.path(field).isString()) {
            object.put(field, time.at(object.get(field).stringValue()).toString());
        }
    }

    private void day(JsonNode node, String field) {
        if (node instanceof ObjectNode object && object.path(field).isString()) {
            object.put(field, time.day(object.get(field).stringValue()).toString());
        }
    }
}
