/** First and last names by the community a customer comes from (which is not always where they live). */
export interface NameBank {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

export const NAMES: Record<string, NameBank> = {
  british: {
    first: words(
      "Olivia Amelia Poppy Isla Freya Harriet Imogen Beatrice Gemma Kirsty Nicola Tracey Maureen Doreen Sheila Pauline Heather Lorna Bethan Rhiannon Oliver George Archie Alfie Callum Rory Angus Gareth Rhys Darren Craig Nigel Trevor Clive Graham Barry Keith Derek Stuart Malcolm Elliot Jasper Felix Toby Zoe Chloe Jade Kayleigh Stacey Leanne Bryony Tamsin Hazel Maisie Percy Wilfred Rupert Fergus Hamish Euan",
    ),
    last: words(
      "Whitaker Ashworth Pemberton Hargreaves Thornton Blackwood Fairclough Ogden Braithwaite Entwistle Cartwright Holloway Pritchard Llewellyn Griffiths Penrose Trelawney Abernathy MacLeod Sinclair Drummond Farquhar Kerr Lockwood Mottram Nuttall Oakes Peacock Ramsbottom Sowerby Tattersall Underwood Varley Wainwright Yates Haddock Crabtree Dunmore Eastwood Finch Gilroy Hoyle Ibbotson Jessop Kirkham Lomax Marsden Shaw Bell Palmer Webb Barker Chapman Dawson Elmhirst Foxton",
    ),
  },
  irish: {
    first: words(
      "Aoife Ciara Niamh Saoirse Róisín Siobhán Gráinne Orla Sinéad Aisling Clodagh Caoimhe Máire Bríd Seán Conor Cian Oisín Darragh Eoin Pádraig Fionn Tadhg Cormac Declan Diarmuid Ruairí Donal Brendan Colm",
    ),
    last: words(
      "O'Sullivan O'Brien Byrne Gallagher Doherty Kavanagh McCarthy Fitzgerald Nolan Brennan Quinlan Hennessy Moriarty Delaney Tierney Flanagan Cassidy Ó'Dálaigh Keane Mulcahy Healy Lonergan Scanlon Rafferty Breslin Costello",
    ),
  },
  german: {
    first: words(
      "Anke Birgit Heike Silke Ulrike Sabine Katrin Annika Leonie Lena Jule Frieda Greta Mathilda Hannelore Ingeborg Waltraud Gudrun Jürgen Dieter Horst Uwe Rainer Wolfgang Günther Matthias Torsten Sven Lukas Finn Moritz Jonas Niklas Benedikt Leopold Konstantin Hartmut Eberhard Steffen Malte",
    ),
    last: words(
      "Müller Schröder Köhler Krüger Böhm Jäger Vogt Seidel Hoffmann Lindner Brandt Zimmermann Pfeiffer Kühn Rademacher Steinbach Winkelmann Obermeier Huber Stadler Gruber Hinterleitner Wagenknecht Lohmann Petersen Hansen Behrens Tiedemann Grünwald Weiß Kaczmarek Öztürk Yıldız Haas Ziegler Fink Reuter",
    ),
  },
  spanish: {
    first: words(
      "Lucía Carmen Marta Inés Rocío Pilar Begoña Nuria Montserrat Ainhoa Consuelo Dolores Alba Noelia Javier Alejandro Íñigo Álvaro Rubén Gonzalo Ignacio Joaquín Andrés Hugo Mateo Jordi Xavier Emilio Ramón Paco",
    ),
    last: words(
      "García Fernández Rodríguez Sánchez Muñoz Núñez Ibáñez Etxeberria Puig Ferrer Vidal Castaño Peñalver Cabrera Domínguez Romero Aguilar Herrero Iglesias Ortega Zabala Caballero Lozano Molina Prieto Serrano",
    ),
  },
  french: {
    first: words(
      "Amélie Chloé Léa Manon Océane Élodie Maëlle Solène Brigitte Monique Josiane Geneviève Aurélie Fatou Aïcha Théo Hugo Baptiste Étienne François Jérôme Rémi Loïc Yann Thierry Gérard Bernard Mamadou Karim Antoine",
    ),
    last: words(
      "Lefèvre Moreau Girard Bonnet Lemaître Rousseau Gauthier Chevalier Marchand Dubois Fournier Guérin Le-Goff Kermarrec Delacroix Perrin Besson Charpentier Vasseur Benali Diallo Traoré Collet Renault Poirier Hébert",
    ),
  },
  portuguese: {
    first: words(
      "Inês Beatriz Mariana Catarina Filipa Joana Sofia Teresa Conceição Fátima Graça Luísa Thaís Larissa João Tiago Rui Gonçalo Nuno Duarte Afonso Vasco Joaquim Hélder Thiago Caio Rafael Simão",
    ),
    last: words(
      "Silva Ferreira Carvalho Gonçalves Lourenço Azevedo Magalhães Fonseca Teixeira Guimarães Pacheco Sequeira Brandão Assunção Nóbrega Vasconcelos Figueiredo Queirós Antunes Bragança",
    ),
  },
  polish: {
    first: words(
      "Agnieszka Małgorzata Katarzyna Zofia Wiktoria Oliwia Bożena Grażyna Danuta Halina Joanna Kinga Jakub Szymon Mateusz Bartosz Łukasz Paweł Grzegorz Krzysztof Zbigniew Wojciech Tomasz Michał Ryszard Kacper",
    ),
    last: words(
      "Kowalska Nowak Wiśniewski Wójcik Kamińska Lewandowska Zieliński Szymańska Woźniak Dąbrowski Kozłowska Jankowski Mazur Krawczyk Piotrowska Grabowski Pawłowska Michalska Król Wieczorek Jabłońska Wróbel Stępień",
    ),
  },
  italian: {
    first: words(
      "Giulia Chiara Francesca Martina Ilaria Alessia Serena Beatrice Rosaria Concetta Assunta Giovanna Matteo Lorenzo Davide Riccardo Salvatore Gennaro Luca Niccolò Giacomo Umberto Piero Ettore Fabrizio Domenico",
    ),
    last: words(
      "Rossi Esposito Bianchi Colombo Ricci Marino Greco Conti De-Luca Mancini Costa Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Caruso Ferrara Galli Pellegrini Bellini Cattaneo Testa",
    ),
  },
  dutch: {
    first: words(
      "Sanne Fleur Lotte Femke Maaike Anouk Marijke Wilma Truus Ingrid Noor Roos Daan Sem Bram Thijs Jeroen Maarten Wouter Sjoerd Pieter Kees Henk Ruben Joost Gijs",
    ),
    last: words(
      "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Hendriks Dekker Dijkstra Brouwer Kuiper Veenstra Hoekstra Verhoeven Vermeulen Wouters Claes Peeters Maes Jacobs Goossens Willems Postma Zijlstra",
    ),
  },
  southasian: {
    first: words(
      "Priya Ananya Deepika Kavita Meera Sunita Shreya Ayesha Fatima Nadia Zainab Arjun Rahul Vikram Sanjay Imran Faisal Hamza Bilal Harpreet Gurpreet Rajesh Suresh Tariq Omar Nirmala",
    ),
    last: words(
      "Patel Sharma Iyer Nair Reddy Banerjee Chatterjee Kaur Singh Gill Khan Ahmed Hussain Malik Chaudhry Begum Rahman Fernando Perera Desai Mehta Joshi Bhatt Siddiqui Qureshi Rao",
    ),
  },
  african: {
    first: words(
      "Chidinma Ngozi Adaeze Amara Folake Abena Akosua Esi Wanjiru Thandiwe Chukwuemeka Tunde Olumide Kwame Kofi Kwabena Emeka Ibrahim Musa Tendai Sipho Selam Yonas Ifeoma Blessing",
    ),
    last: words(
      "Okafor Adeyemi Okonkwo Balogun Mensah Owusu Boateng Asante Nwosu Eze Abiodun Kamau Mwangi Ndlovu Moyo Tesfaye Haile Sesay Koroma Adebayo Danso Appiah",
    ),
  },
  eastern: {
    first: words(
      "Oksana Iryna Olena Kateryna Yulia Andriy Serhiy Volodymyr Ioana Andreea Mihaela Bogdan Florin Cătălin Petra Zuzana Jana Ondřej Tomáš Kristýna László Zoltán Réka Eszter Dimitar Ivelina Rasa Jurgita Mantas Katrin",
    ),
    last: words(
      "Shevchenko Kovalenko Bondarenko Tkachenko Popescu Ionescu Dumitru Stoica Novák Dvořák Svoboda Horváth Szabó Kovács Nagy Petrov Dimitrova Kazlauskas Balčiūnas Ozols Tamm Marinescu",
    ),
  },
  nordic: {
    first: words(
      "Astrid Ingrid Linnéa Sigrid Maja Elsa Freja Solveig Erik Lars Anders Björn Nils Mikkel Søren Jens Oskar Håkon Aino Eero",
    ),
    last: words(
      "Andersson Lindqvist Bergström Nyström Nielsen Kjær Sørensen Østergaard Hansen Dahl Berg Virtanen Korhonen Mäkinen Halvorsen Lund",
    ),
  },
};
