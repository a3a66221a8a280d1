package corpus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What else is in the heap of a service: reference data that stays, and a few classes whose counts go up and down within bounds. */
interface Background {

    void request(long n);

    /** Some three times a second. */
    void tick();

    static Background named(String name, double amount, Load load) {
        return switch (name) {
            case "fleet" -> new Fleet(amount, load);
            case "bank" -> new Bank(amount, load);
            default -> new Shop(amount, load);
        };
    }
}

/** Customers and products that stay; baskets that come and go, and quotes of the last few seconds. */
final class Shop implements Background {
    record Customer(long id, String name, String town) {}

    record Product(String code, String title, int cents) {}

    static final class Basket {
        final List<Product> products = new ArrayList<>();
        Customer owner;
    }

    record Quote(long number, Product product, double until) {}

    private final Load load;
    private final int most;
    private final Map<Long, Customer> customers = new HashMap<>();
    private final List<Product> products = new ArrayList<>();
    private final List<Basket> baskets = new ArrayList<>();
    private final ArrayDeque<Quote> quotes = new ArrayDeque<>();

    Shop(double amount, Load load) {
        this.load = load;
        this.most = (int) (3_000 * amount) + 10;
        for (long i = 0; i < 6_000 * amount; i++) {
            customers.put(i, new Customer(i, load.text(14), load.text(9)));
        }
        for (int i = 0; i < 2_000 * amount + 1; i++) {
            products.add(new Product(load.text(8), load.text(30), i));
        }
    }

    @Override
    public void request(long n) {
        Product product = products.get((int) (n % products.size()));
        quotes.add(new Quote(n, product, load.now() + 4));
        while (quotes.peek() != null && quotes.peek().until() < load.now()) {
            quotes.poll();
        }
    }

    @Override
    public void tick() {
        int change = (int) (load.random().nextGaussian() * most / 25 + (most / 2.0 - baskets.size()) / 40);
        for (int i = 0; i < change && baskets.size() < most; i++) {
            Basket basket = new Basket();
            basket.owner = customers.get((long) load.pick(customers.size() + 1));
            basket.products.add(products.get(load.pick(products.size())));
            baskets.add(basket);
        }
        for (int i = change; i < 0 && !baskets.isEmpty(); i++) {
            baskets.remove(baskets.size() - 1);
        }
    }
}

/** Vehicles that stay; their last positions, and alarms that are open for a while. */
final class Fleet implements Background {
    static final class Vehicle {
        final String plate;
        final Position[] last = new Position[8];

        Vehicle(String plate) {
            this.plate = plate;
        }
    }

    record Position(double latitude, double longitude, long time) {}

    record Alarm(Vehicle vehicle, String text) {}

    private final Load load;
    private final Vehicle[] vehicles;
    private final ArrayDeque<Alarm> alarms = new ArrayDeque<>();
    private final int most;

    Fleet(double amount, Load load) {
        this.load = load;
        this.most = (int) (1_500 * amount) + 10;
        this.vehicles = new Vehicle[(int) (3_000 * amount) + 1];
        for (int i = 0; i < vehicles.length; i++) {
            vehicles[i] = new Vehicle(load.text(7));
        }
    }

    @Override
    public void request(long n) {
        for (int i = 0; i < 4; i++) {
            Vehicle vehicle = vehicles[load.pick(vehicles.length)];
            vehicle.last[load.pick(vehicle.last.length)] = new Position(n % 90, n % 180, n);
        }
    }

    @Override
    public void tick() {
        int opened = load.pick(most / 12 + 1);
        for (int i = 0; i < opened && alarms.size() < most; i++) {
            alarms.add(new Alarm(vehicles[load.pick(vehicles.length)], load.text(20)));
        }
        for (int closed = load.pick(most / 12 + 1); closed > 0; closed--) {
            alarms.poll();
        }
    }
}

/** Accounts that stay, the bookings of the current batch of each, and rates that are replaced as a whole. */
final class Bank implements Background {
    static final class Account {
        final String iban;
        List<Booking> open = new ArrayList<>();

        Account(String iban) {
            this.iban = iban;
        }
    }

    record Booking(long number, long cents, String text) {}

    record Rate(String currency, double value) {}

    private final Load load;
    private final Account[] accounts;
    private Map<String, Rate> rates = new HashMap<>();

    Bank(double amount, Load load) {
        this.load = load;
        this.accounts = new Account[(int) (2_500 * amount) + 1];
        for (int i = 0; i < accounts.length; i++) {
            accounts[i] = new Account(load.text(22));
        }
    }

    @Override
    public void request(long n) {
        Account account = accounts[load.pick(accounts.length)];
        account.open.add(new Booking(n, n % 10_000, load.text(12)));
        if (account.open.size() > 6) {
            account.open = new ArrayList<>();
        }
    }

    @Override
    public void tick() {
        if (load.chance(0.1)) {
            Map<String, Rate> next = new HashMap<>();
            for (int i = 0; i < 150 + load.pick(300); i++) {
                next.put(load.text(4), new Rate(load.text(3), i));
            }
            rates = next;
        }
    }

    int rates() {
        return rates.size();
    }
}
